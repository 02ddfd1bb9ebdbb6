//! An opened data directory: what pages and the command line both work with.
//!
//! People give plain words and files. The office seals what is secret or personal, puts files into
//! the vault, and hands the wish to the journal, which sees envelopes only. It also opens what was
//! sealed, for those who hold the key, and keeps the published tiles up to date.

mod accounts;
mod activity;
mod anchor;
mod backup;
mod boundary;
mod casework;
mod check;
mod control_report;
mod controls;
mod copies;
mod directory;
mod documents;
mod dossier;
mod erasure;
mod exchange;
mod exit;
mod files;
mod finds;
mod gather;
mod guidance;
mod handbook;
mod home;
mod incident_sheets;
mod incidents;
mod intake;
mod lineage;
mod losses;
pub mod matching;
mod matrix;
mod organisations;
mod overseas;
mod programme;
mod publish;
mod qr;
mod read;
mod recognition;
mod templates;
mod trouble;
mod versions;
mod visit_form;
mod warnings;
mod wishes;
mod workstation;

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, OnceLock};

use domain::Moment;
use link::Witness;
use store::{Config, Journal, Reader};
use vault::{BlobStore, KeyDir, Recipient, Service, Unlocked};

pub use self::dossier::{BuildForm, Built, Plan};
pub use ::dossier::{Gap, Report as Paper, Say, Withheld, paper_html};
pub use accounts::{AccountForm, CODE_DAYS, Entered, PASSWORD_MIN};
pub use activity::{Registered, RegistrationForm, minute_of_day, time_of_day, when_words};
pub use anchor::{Answer, Asked, Whom};
pub use backup::{Backup, Drill, Kept, Newest, drill, restore};
pub use boundary::{Attacked, Cost, ELEMENTS, PointCheck, Standing};
pub use casework::{CaseForm, DueClock, ItemForm, OpenedCase, StepForm};
pub use check::Findings;
pub use controls::{AnswerForm, ScoreOn, controls};
pub use copies::{CopiesForm, Handed, copy_state};
pub use directory::{CompanyChange, CompanyForm, ServiceForm, tag_words, tags_words, value_words};
pub use documents::{Bundle, Filled, Sheet};
pub use erasure::{Foresight, SHARE_KEYS, Share};
pub use exchange::{
    INVITATION_DAYS, KeptProfile, LetterForm, OpenedLetter, ProfileForm, ProfilePlan, Settled,
    Synced, Taken, given_lines, said_key,
};
pub use exit::{Access, Exit, ExitLine};
pub use files::{CHANGED_TWICE, Found, Source, media_type, write_new};
pub use finds::{FindForm, NamedCopy, Traced};
pub use guidance::{period_words, procedure_words, state_words};
pub use handbook::handbook_pdf;
pub use home::{Home, NewNode, Settings, init};
pub use incident_sheets::{Brief, BriefCell, BriefTable};
pub use incidents::{HandForm, Held, IncidentForm, Limited, PreserveForm, moot, place, routes};
pub use intake::{Column, Intake, IntakeRow, Outcome, Table};
pub use lineage::SplitForm;
pub use losses::{Counted, ReckonForm, Reckoned, result_words};
pub use organisations::{About, AssistanceForm, For, OrganisationForm};
pub use overseas::{AID, AssessForm, ExportForm, countries, export_check, questions};
pub use programme::{PlanForm, ProcurementForm, fen, money_words};
pub use publish::publish;
pub use qr::{QR_TEXT_MAX, qr};
pub use read::Shown;
use recognition::code_letters;
pub use recognition::{
    AgreeForm, ApplyForm, EvidenceForm, Gauge, ReviewForm, scheme, schemes, score_words, typed_code,
};
pub use templates::finding_words;
pub use trouble::{Sort, Trouble};
pub use versions::{Beside, Marked, Version, marked};
pub use visit_form::{read_visit_form, visit_form};
pub use warnings::{
    Foreseen, LIVE, RuleStanding, TWIN_MAX, TWIN_MIN, Watched, matter_number, matter_words,
    twin_plan, twin_scores, warning_rule, warning_rules,
};
pub use wishes::{
    AgreementForm, Ask, DisclosureForm, MeasureForm, PartnerForm, PersonForm, RevisionForm,
    SecretForm,
};
pub use workstation::{ExpertForm, Finding, RequestForm, VisitForm, checklist, checklists};

/// What may be marked in a document, and what can be traced of it then.
pub mod marks {
    pub use trace::document::{BYTES_MAX, Line, Plan, Traceability};
    pub use trace::text::{Asked, Kind, Variant};
}

static LAW: LazyLock<catalog::Catalog> = LazyLock::new(|| {
    catalog::Catalog::shipped().expect("tests keep the shipped data free of faults")
});

/// The law as data that came with the program, read once.
pub fn law() -> &'static catalog::Catalog {
    &LAW
}

/// The clock and the generator, which only the program itself owns.
#[derive(Clone)]
pub struct World {
    /// The clock.
    pub clock: Arc<dyn Fn() -> Moment + Send + Sync>,
    /// Fills a buffer with random bytes, fit for making keys.
    pub entropy: fn(&mut [u8]),
    /// The program's name and version, which dossiers mention: `midun <version>`.
    pub program: &'static str,
}

/// An opened data directory.
pub struct Office {
    home: Home,
    world: World,
    journal: Journal,
    keys: KeyDir,
    vault: Recipient,
    service: Service,
    blobs: BlobStore,
    /// What this side cosigns with, once it was needed.
    witness: OnceLock<Witness>,
    /// Clocks of open cases, once they were asked for.
    clocks: Mutex<casework::Clocks>,
    /// What controls are judged by, as far as it was told.
    told: Mutex<controls::Told>,
}

impl Office {
    /// Opens a data directory. Needs no passphrase: a locked node still takes content in.
    ///
    /// # Errors
    /// [`Trouble`] when there is no node, it is of a newer program, or its files can't be read.
    pub fn open(dir: &Path, world: World) -> Result<Self, Trouble> {
        let home = Home::open(dir)?;
        let keys = KeyDir::at(home.keys_dir());
        let config = Config {
            dir: home.dir.clone(),
            origin: home.settings.origin.clone(),
            log_key: Arc::new(home.log_key()?),
            clock: world.clock.clone(),
            entropy: world.entropy,
            zone_minutes: home.settings.zone_minutes()?,
        };
        let journal = Journal::open(config, false)?;
        let (vault, service) = (keys.recipient()?, keys.service()?);
        let blobs = BlobStore::open(home.vault_dir())?;
        let witness = OnceLock::new();
        let (clocks, told) = (Mutex::default(), Mutex::default());
        let office =
            Self { home, world, journal, keys, vault, service, blobs, witness, clocks, told };
        // What a crash left of an erasure goes before anything else is done.
        match office.finish_erasing() {
            // Somebody else reads just now; it is gone on with at the next opening.
            Ok(()) | Err(Trouble::Other("trouble-erasing-unfinished", ..)) => Ok(office),
            Err(trouble) => Err(trouble),
        }
    }

    /// Where the data is, and the settings.
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// The moment now.
    pub fn now(&self) -> Moment {
        (self.world.clock)()
    }

    /// The company's time zone, in minutes east of Greenwich.
    pub fn zone_minutes(&self) -> i16 {
        self.home.settings.zone_minutes().unwrap_or(480)
    }

    /// Today where the company is.
    pub fn today(&self) -> domain::Day {
        self.now().day_at(self.zone_minutes())
    }

    /// Fresh random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.world.entropy)(&mut bytes);
        bytes
    }

    /// A reader of its own, for one thread.
    ///
    /// # Errors
    /// [`Trouble::Store`].
    pub fn reader(&self) -> Result<Reader, Trouble> {
        Ok(Reader::open(&self.home.dir)?)
    }

    /// The encrypted files.
    pub fn blobs(&self) -> &BlobStore {
        &self.blobs
    }

    /// The keys' folder.
    pub fn keys(&self) -> &KeyDir {
        &self.keys
    }

    /// Opens the vault's key. Takes about a second: the passphrase is stretched.
    ///
    /// # Errors
    /// [`Trouble::Key`] with a wrong passphrase.
    pub fn unlock(&self, passphrase: &str) -> Result<Arc<Unlocked>, Trouble> {
        Ok(Arc::new(self.keys.unlock(passphrase)?))
    }

    /// The folder of this node's tiles and checkpoint, served to witnesses and monitors.
    pub fn tiles_dir(&self) -> PathBuf {
        self.home.tiles_dir()
    }
}
