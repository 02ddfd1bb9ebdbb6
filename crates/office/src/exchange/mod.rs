//! Letters between a node and its station: joining, writing, packing bundles and taking them.
//!
//! A bundle is made from what the ledger and [`store::read::Peer`] say, and taking one twice changes
//! nothing, so any carrier will do and nothing has to be remembered between two steps.

mod effects;
mod parcels;
mod profile;
mod receipts;
mod warned;

use std::fs;
use std::time::Duration;

use domain::command::{AskLink, JoinLink, LetterHead, OfferLink};
use domain::terms::{LetterSort, LetterWay, LinkState, Role, Standing};
use domain::{Command, CreditCode, Day, Number, Refusal};
use ledger::checkpoint::Checkpoint;
use ledger::note::{Note, Signature, VerifierKey};
use ledger::witness::AddCheckpoint;
use link::exchange::{
    Bundle, Content, ContentHead, Cosigned, ExchangeError, Extras, Head, Invitation, Join,
    LETTER_BYTES_MAX, Letter, Way,
};
use link::{Client, Decision, LinkError, Witness, WitnessError};
use sha2::{Digest as _, Sha256};
use store::read::{LetterRow, LinkRow, Peer};
use store::{Reader, Receipt};
use vault::{Recipient, Unlocked};

pub use self::effects::{Settled, said_key};
pub use self::profile::{KeptProfile, ProfileForm, ProfilePlan, given_lines};
use self::receipts::{kept_receipts, receipt_for};
use crate::{Ask, Office, Sort, Trouble};

/// How long an invitation can be used when nobody says otherwise, in days.
pub const INVITATION_DAYS: i64 = 14;
/// Letters of about so many bytes go into one bundle; one letter always does.
const PACK_BYTES: u64 = 20 << 20;
/// So many receipts go into one bundle.
const PACK_RECEIPTS: u32 = 500;
/// How long one exchange with the station may take.
const WAIT: Duration = Duration::from_secs(120);
/// An exchange that has not come to rest after so many rounds goes on at the next beat.
const ROUNDS_MAX: usize = 64;
/// How often a letter is written anew when another one came first.
const TRIES: usize = 16;
/// Who is said to act when bundles are taken.
const BY: &str = "exchange";

/// A letter to be written.
#[derive(Clone, Debug)]
pub struct LetterForm {
    /// What sort of letter.
    pub sort: LetterSort,
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// The letter it answers.
    pub re: Option<(LetterWay, u64)>,
    /// By when something is to be done.
    pub due: Option<Day>,
    /// Files: name and content.
    pub files: Vec<(String, Vec<u8>)>,
}

/// What came of taking a bundle.
#[derive(Debug)]
pub struct Taken {
    /// The link.
    pub link: Number,
    /// Whether the other side joined with it, or answered our wish to.
    pub joined: bool,
    /// Letters that were new.
    pub letters: u64,
    /// Letters that were known.
    pub known: u64,
    /// Receipts that were new.
    pub receipts: u64,
    /// The size of our log that the other side cosigned with it.
    pub cosigned: Option<u64>,
    /// The size of its log that we cosigned.
    pub witnessed: Option<u64>,
    /// What could not be taken: a letter that is missing before, or another history.
    pub trouble: Option<Trouble>,
}

/// What came of an exchange with the station.
#[derive(Debug, Default)]
pub struct Synced {
    /// Rounds it took.
    pub rounds: usize,
    /// Letters that were sent and are receipted now.
    pub sent: u64,
    /// Letters that came.
    pub received: u64,
    /// The size of our log that the station cosigned.
    pub cosigned: Option<u64>,
}

/// A letter that was opened.
#[derive(Debug)]
pub struct OpenedLetter {
    /// The letter.
    pub row: LetterRow,
    /// What it says.
    pub content: Content,
}

impl Office {
    /// Hands out an invitation to join this station. It is shown once: the one-time key in it is
    /// kept nowhere.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn offer_link(
        &self,
        ask: &Ask,
        company: Option<Number>,
        until: Day,
        url: Option<String>,
    ) -> Result<(Receipt, Invitation), Trouble> {
        let card = self.reader()?.node()?.ok_or(Refusal::WrongRole(Role::Enterprise))?;
        let (link, seed): ([u8; 16], [u8; 32]) = (self.random(), self.random());
        let invitation = Invitation {
            link: hex::encode(link),
            name: card.name,
            key: card.log_key,
            recipient: self.vault.to_string(),
            witness: self.witness()?.vkey().to_string(),
            url,
            until: until.to_string(),
            seed: hex::encode(seed),
        };
        let one_time = invitation.one_time_key().map_err(|error| unread(&error))?;
        let command = OfferLink {
            link: invitation.link.clone(),
            key: one_time.verifier().to_string(),
            company,
            until,
        };
        let receipt = self.submit(ask, Command::OfferLink(command))?;
        Ok((receipt, invitation))
    }

    /// Uses an invitation: the wish to join goes out with the next bundle.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn ask_link(
        &self,
        ask: &Ask,
        invitation: &Invitation,
        code: Option<&str>,
    ) -> Result<Receipt, Trouble> {
        let code = code.map(CreditCode::parse).transpose().map_err(Refusal::from)?;
        let card = self.reader()?.node()?.ok_or(Refusal::WrongRole(Role::Station))?;
        let until = Day::parse(&invitation.until);
        let unread = |error: ExchangeError| unread(&error);
        let (one_time, link) =
            (invitation.one_time_key().map_err(unread)?, invitation.link_id().map_err(unread)?);
        let command = AskLink {
            link: invitation.link.clone(),
            name: invitation.name.clone(),
            key: invitation.key.clone(),
            recipient: invitation.recipient.clone(),
            witness: invitation.witness.clone(),
            url: invitation.url.clone(),
            until: until.map_err(|_| unread(ExchangeError::Form("invitation")))?,
        };
        let join = Join {
            link,
            station: invitation.key.clone(),
            name: card.name,
            key: card.log_key,
            recipient: self.vault.to_string(),
            witness: self.witness()?.vkey().to_string(),
            code: code.map(|code| code.to_string()),
        };
        // On the disk before the ledger says so: without it nothing could be sent.
        let signed = join.sign(&one_time, &self.home.log_key()?);
        self.keep(&self.join_path(&invitation.link), signed.as_bytes())?;
        self.submit(ask, Command::AskLink(Box::new(command)))
    }

    /// Ends a link: no letter is written any more. The other side is told by nobody but people.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn end_link(&self, ask: &Ask, link: Number, why: String) -> Result<Receipt, Trouble> {
        self.submit(ask, Command::EndLink { link, why })
    }

    /// Writes a letter: seals it to both sides, signs it, and keeps it for the next bundle. Gives
    /// its number.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn write_letter(
        &self,
        ask: &Ask,
        link: Number,
        form: &LetterForm,
    ) -> Result<(u64, Receipt), Trouble> {
        if !form.sort.is_free() {
            return Err(other("trouble-profile-free", Sort::Refused));
        }
        let content = content_of(form, self.way()?)?;
        let sort = form.sort;
        self.post(ask, link, &content, &|letter| Command::SendLetter { link, letter, sort })
    }

    /// Writes a letter by a command that says more than that it was sent.
    pub(crate) fn post(
        &self,
        ask: &Ask,
        link: Number,
        content: &Content,
        command: &dyn Fn(LetterHead) -> Command,
    ) -> Result<(u64, Receipt), Trouble> {
        let bytes = content.to_bytes();
        if bytes.len() > LETTER_BYTES_MAX - (1 << 20) {
            let args = vec![("most", ((LETTER_BYTES_MAX >> 20) - 1).to_string())];
            return Err(Trouble::Other("trouble-letter-too-large", args, Sort::Refused));
        }
        let key = self.home.log_key()?;
        for _ in 0..TRIES {
            let reader = self.reader()?;
            let row = reader.link(link)?.ok_or(Trouble::Unknown(link))?;
            let Some(recipient) = &row.recipient else {
                return Err(Refusal::NotJoined(link).into());
            };
            let recipient: Recipient = recipient.parse()?;
            let body = Recipient::seal_for(&[&recipient, &self.vault], &bytes)?;
            let last = last_letter(&reader, link, LetterWay::Out)?;
            let (seq, before) = last.map_or((1, [0; 32]), |row| (row.seq + 1, digest_of(&row)));
            let letter = Letter {
                link: link_id(&row)?,
                way: self.way()?,
                seq,
                before,
                body: Sha256::digest(&body).into(),
                size: body.len() as u64,
            };
            let digest = letter.digest();
            self.keep_parcel(&digest, &letter.sign(&key, body))?;
            match self.submit(ask, command(head_of(&letter))) {
                Ok(receipt) if receipt.repeated => {
                    // The wish was carried out before: this copy was never sent.
                    drop(fs::remove_file(self.parcel_path(&digest)));
                    let (first, last) = (receipt.first, receipt.first + receipt.events);
                    let rows = self.reader()?.letters(Some(link), 0, 1_000)?;
                    let known = rows.iter().find(|row| (first..last).contains(&row.idx));
                    return Ok((known.map_or(seq, |row| row.seq), receipt));
                }
                Ok(receipt) => return Ok((seq, receipt)),
                Err(Trouble::Refused(Refusal::ChangedMeanwhile(_))) => {
                    // Another letter came first: this one was never sent.
                    drop(fs::remove_file(self.parcel_path(&digest)));
                }
                Err(trouble) => {
                    // Refused is refused; whatever else went wrong, it may have been written.
                    if matches!(trouble, Trouble::Refused(_)) {
                        drop(fs::remove_file(self.parcel_path(&digest)));
                    }
                    return Err(trouble);
                }
            }
        }
        Err(Refusal::ChangedMeanwhile(link).into())
    }

    /// Opens a letter and records that it was read.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn open_letter(
        &self,
        ask: &Ask,
        (link, way, seq): (Number, LetterWay, u64),
        unlocked: &Unlocked,
        why: Option<String>,
    ) -> Result<OpenedLetter, Trouble> {
        let row = self.reader()?.letter(link, way, seq)?;
        let row = row.ok_or(Refusal::NoLetter(link, seq))?;
        let content = self.letter_content(&row, unlocked)?;
        let sort = LetterSort::from_word(&content.head.sort);
        self.submit(ask, Command::OpenLetter { link, way, seq, sort, why })?;
        Ok(OpenedLetter { row, content })
    }

    /// What a letter says, without recording that it was read: for lists that show subjects to
    /// those who may read all of it.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn letter_content(&self, row: &LetterRow, unlocked: &Unlocked) -> Result<Content, Trouble> {
        let parcel = self.parcel(row)?;
        let text = unlocked.open(&parcel.body)?;
        Content::parse(&text).map_err(|error| unread(&error))
    }

    /// The letter that one answers, as this side sees it.
    pub fn answered(&self, head: &ContentHead) -> Option<(LetterWay, u64)> {
        let (word, seq) = head.re.as_ref()?;
        let ours = Way::from_word(word)? == self.way().ok()?;
        Some((if ours { LetterWay::Out } else { LetterWay::In }, *seq))
    }

    /// Puts together what the other side is not known to hold; what it is to be told is written
    /// first.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn pack(&self, link: Number) -> Result<Bundle, Trouble> {
        self.tell(link)?;
        let reader = self.reader()?;
        let row = reader.link(link)?.ok_or(Trouble::Unknown(link))?;
        if row.key.is_none() {
            return Err(Refusal::NotJoined(link).into());
        }
        let peer = reader.peer(link)?;
        self.not_rolled_back(&row, peer.cosigned)?;
        let counts = reader.letter_counts(link)?;
        let chain = reader.chain()?;
        let key = self.home.log_key()?;
        let origin = self.home.settings.origin.clone();
        let note = Checkpoint::new(origin, chain.size, chain.root).sign(&key);
        let mut receipts = Vec::new();
        let first = peer.receipted + 1;
        for letter in reader.letters_from(link, LetterWay::In, first, PACK_RECEIPTS)? {
            receipts.push(receipt_for(&reader, &letter, chain.size, &note)?);
        }
        let mut letters = Vec::new();
        let mut bytes = 0;
        for letter in reader.letters_from(link, LetterWay::Out, peer.next, 2_000)? {
            bytes += letter.size;
            if bytes > PACK_BYTES && !letters.is_empty() {
                break;
            }
            letters.push(self.parcel(&letter)?);
        }
        let checkpoint = AddCheckpoint {
            old: peer.cosigned,
            proof: reader.consistency(peer.cosigned, chain.size)?,
            note,
        };
        let join = match row.state {
            LinkState::Asked => {
                let path = self.join_path(&row.link);
                Some(fs::read_to_string(&path).map_err(|error| Trouble::disk(&path, error))?)
            }
            _ => None,
        };
        let cosigned = peer.line.map(|line| Cosigned { size: peer.witnessed, line });
        let head = Head {
            link: link_id(&row)?,
            way: self.way()?,
            sent: counts.sent,
            next: counts.received + 1,
            receipted: counts.receipted,
            cosigned: peer.witnessed,
            at: self.now().0,
            extras: [0; 32],
        };
        let extras = Extras { join, checkpoint: Some(checkpoint.to_string()), cosigned, receipts };
        Ok(Bundle::sign(head, &extras, letters, &key))
    }

    /// Takes a bundle of the other side. Taking it again changes nothing.
    ///
    /// # Errors
    /// [`Trouble`] when nothing of it can be believed; what it believes but can't take is in
    /// [`Taken::trouble`].
    pub fn take(&self, bytes: &[u8]) -> Result<Taken, Trouble> {
        let bundle = Bundle::parse(bytes).map_err(|error| unread(&error))?;
        let claimed = bundle.claimed();
        let reader = self.reader()?;
        let named = reader.link_named(&hex::encode(claimed.link))?;
        let mut row = named.ok_or_else(|| other("trouble-link-unknown", Sort::NotFound))?;
        if claimed.way == self.way()? {
            return Err(other("trouble-own-bundle", Sort::Refused));
        }
        let joined = match row.state {
            LinkState::Offered => self.join_from(&bundle, &row)?,
            LinkState::Asked => {
                bundle.open(&key_of(&row)?).map_err(|error| unread(&error))?;
                self.joined(&row, None)?
            }
            LinkState::Joined | LinkState::Ended => false,
        };
        if joined {
            row = self.reader()?.link(row.no)?.ok_or(Trouble::Unknown(row.no))?;
        }
        let key = key_of(&row)?;
        let (head, extras) = bundle.open(&key).map_err(|error| unread(&error))?;
        self.not_rolled_back(&row, head.cosigned)?;
        let mut taken = Taken {
            link: row.no,
            joined,
            letters: 0,
            known: 0,
            receipts: 0,
            cosigned: None,
            witnessed: None,
            trouble: None,
        };
        taken.cosigned = self.keep_cosignature(&row, extras.cosigned.as_ref())?;
        let receipts = kept_receipts(&self.reader()?, &row, &key, &extras.receipts)?;
        taken.receipts = receipts.len() as u64;
        self.take_letters(&row, &key, &bundle, &mut taken)?;
        // Last of all, so that what we cosign holds what we have said so far.
        let (witnessed, line) = self.cosign(&row, &key, extras.checkpoint.as_deref())?;
        taken.witnessed = line.is_some().then_some(witnessed);
        let peer = Peer {
            next: head.next,
            receipted: head.receipted,
            cosigned: head.cosigned,
            witnessed,
            line,
            at: None,
        };
        store::note_peer(&self.home.dir, row.no, &peer, self.now(), &receipts)?;
        Ok(taken)
    }

    /// Exchanges bundles with the station until both sides hold the same.
    ///
    /// # Errors
    /// [`Trouble`]; what was exchanged before stays.
    pub fn sync(&self, link: Number) -> Result<Synced, Trouble> {
        let row = self.reader()?.link(link)?.ok_or(Trouble::Unknown(link))?;
        let url = row.url.clone().ok_or_else(|| other("trouble-link-no-url", Sort::Refused))?;
        let before = self.reader()?.letter_counts(link)?;
        let client = Client::new(&[]);
        let mut synced = Synced::default();
        loop {
            let bundle = self.pack(link)?.to_bytes();
            let answer = client.exchange(&url, &bundle, WAIT).map_err(|e| no_answer(&row, &e))?;
            let taken = self.take(&answer)?;
            synced.rounds += 1;
            synced.received += taken.letters;
            synced.cosigned = taken.cosigned.or(synced.cosigned);
            if let Some(trouble) = taken.trouble {
                return Err(trouble);
            }
            let reader = self.reader()?;
            let (counts, peer) = (reader.letter_counts(link)?, reader.peer(link)?);
            synced.sent = counts.receipted - before.receipted;
            let told = peer.receipted == counts.received;
            let heard = counts.receipted == counts.sent;
            if told && heard && taken.letters == 0 || synced.rounds == ROUNDS_MAX {
                return Ok(synced);
            }
        }
    }

    /// Exchanges bundles with every station that has an address. One that does not answer is tried
    /// again at the next beat, and the pages show when it was last heard of.
    ///
    /// # Errors
    /// The store's own.
    pub fn sync_all(&self) -> Result<(), Trouble> {
        for row in self.reader()?.links()? {
            let live = matches!(row.state, LinkState::Asked | LinkState::Joined);
            if live && row.url.is_some() {
                drop(self.sync(row.no));
            }
        }
        Ok(())
    }

    /// What this side cosigns with; made when it is needed first.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn witness(&self) -> Result<Witness, Trouble> {
        if let Some(witness) = self.witness.get() {
            return Ok(witness.clone());
        }
        let folder = self.home.dir.join("witness");
        let trouble = |error: WitnessError| {
            let args = vec![("why", error.to_string())];
            Trouble::Other("trouble-witness-folder", args, Sort::Broken)
        };
        let clock = self.world.clock.clone();
        let clock: link::Clock = std::sync::Arc::new(move || clock().0);
        let name = format!("{}/witness", self.home.settings.origin);
        let made = match Witness::create(&folder, &name, &self.random(), clock.clone()) {
            Err(WitnessError::Exists(_)) => Witness::open(&folder, clock),
            made => made,
        };
        let made = made.map_err(trouble)?;
        Ok(self.witness.get_or_init(|| made).clone())
    }

    /// The other side must not have cosigned more than this ledger holds: then this directory is an
    /// old copy, and nothing must be signed with it. It stays so until the newer one is found.
    fn not_rolled_back(&self, row: &LinkRow, cosigned: u64) -> Result<(), Trouble> {
        let ours = self.reader()?.chain()?.size;
        if cosigned <= ours {
            return Ok(());
        }
        let peer = Peer { cosigned, ..Peer::default() };
        store::note_peer(&self.home.dir, row.no, &peer, self.now(), &[])?;
        let args = vec![
            ("name", row.name.clone().unwrap_or_default()),
            ("theirs", cosigned.to_string()),
            ("ours", ours.to_string()),
        ];
        Err(Trouble::Other("trouble-rolled-back", args, Sort::Broken))
    }

    pub(crate) fn way(&self) -> Result<Way, Trouble> {
        let card = self.reader()?.node()?.ok_or(Trouble::NoNode(self.home.dir.clone()))?;
        Ok(match card.role {
            Role::Enterprise => Way::FromNode,
            Role::Station => Way::FromStation,
        })
    }

    /// A node joins: its wish must be signed by the one-time key and its own, and so must be the
    /// bundle.
    fn join_from(&self, bundle: &Bundle, row: &LinkRow) -> Result<bool, Trouble> {
        let refused = || other("trouble-join-refused", Sort::Refused);
        let one_time = row.one_time.as_deref().and_then(|key| key.parse::<VerifierKey>().ok());
        let extras = bundle.claimed_extras().map_err(|error| unread(&error))?;
        let (Some(one_time), Some(note)) = (one_time, extras.join) else { return Err(refused()) };
        let (join, key) = Join::open(&note, &one_time).map_err(|_| refused())?;
        let ours = self.home.log_vkey()?.to_string();
        let sound = bundle.open(&key).is_ok()
            && hex::encode(join.link) == row.link
            && join.station == ours
            && join.recipient.parse::<Recipient>().is_ok()
            && join.witness.parse::<VerifierKey>().is_ok();
        if sound { self.joined(row, Some(join)) } else { Err(refused()) }
    }

    /// Writes down that both sides know each other.
    fn joined(&self, row: &LinkRow, join: Option<Join>) -> Result<bool, Trouble> {
        let command = match join {
            Some(join) => JoinLink {
                no: row.no,
                name: join.name,
                key: join.key,
                recipient: join.recipient,
                witness: join.witness,
                code: join.code.and_then(|code| CreditCode::parse(&code).ok()),
            },
            None => JoinLink {
                no: row.no,
                name: row.name.clone().unwrap_or_default(),
                key: row.key.clone().unwrap_or_default(),
                recipient: row.recipient.clone().unwrap_or_default(),
                witness: row.witness.clone().unwrap_or_default(),
                code: None,
            },
        };
        let (key, witness) = (command.key.clone(), command.witness.clone());
        let ask = once("joined", &[row.link.as_bytes(), key.as_bytes()]);
        self.submit(&ask, Command::JoinLink(Box::new(command)))?;
        let relation = match self.way()? {
            Way::FromNode => Standing::Station,
            Way::FromStation => Standing::Independent,
        };
        let name = witness
            .parse::<VerifierKey>()
            .map_or_else(|_| String::new(), |key| key.name().to_owned());
        let add = Command::AddWitness { name, key: witness, url: None, relation };
        match self.submit(&once("witness", &[row.link.as_bytes()]), add) {
            Ok(_) | Err(Trouble::Refused(Refusal::WitnessKnown(_))) => {}
            Err(trouble) => return Err(trouble),
        }
        Ok(true)
    }

    fn take_letters(
        &self,
        row: &LinkRow,
        key: &VerifierKey,
        bundle: &Bundle,
        taken: &mut Taken,
    ) -> Result<(), Trouble> {
        let link = link_id(row)?;
        for parcel in &bundle.letters {
            let letter = parcel.open(key).map_err(|error| unread(&error))?;
            if letter.link != link || letter.way == self.way()? {
                return Err(unread(&ExchangeError::Form("letter")));
            }
            let digest = letter.digest();
            if let Some(known) = self.reader()?.letter(row.no, LetterWay::In, letter.seq)? {
                if digest_of(&known) == digest {
                    taken.known += 1;
                    continue;
                }
                // Two letters of one number, both signed: kept as evidence.
                self.keep_parcel(&digest, parcel)?;
                taken.trouble = Some(Refusal::LetterForked(row.no, letter.seq).into());
                return Ok(());
            }
            // On the disk before the ledger says so.
            self.keep_parcel(&digest, parcel)?;
            let ask = once("received", &[&digest]);
            let command = Command::ReceiveLetter { link: row.no, letter: head_of(&letter) };
            match self.submit(&ask, command) {
                Ok(receipt) if receipt.repeated => taken.known += 1,
                Ok(_) => taken.letters += 1,
                Err(Trouble::Refused(Refusal::LetterKnown(..))) => taken.known += 1,
                Err(
                    trouble @ Trouble::Refused(
                        Refusal::LetterMissing(..) | Refusal::LetterForked(..),
                    ),
                ) => {
                    taken.trouble = Some(trouble);
                    return Ok(());
                }
                Err(trouble) => return Err(trouble),
            }
        }
        Ok(())
    }

    /// Keeps the other side's cosignature over a checkpoint of ours; gives its size.
    fn keep_cosignature(
        &self,
        row: &LinkRow,
        cosigned: Option<&Cosigned>,
    ) -> Result<Option<u64>, Trouble> {
        let (Some(cosigned), Some(witness)) = (cosigned, &row.witness) else { return Ok(None) };
        let reader = self.reader()?;
        // What was known of the other side is written last, so up to there it is kept already.
        if cosigned.size <= reader.peer(row.no)?.cosigned {
            return Ok(None);
        }
        let wrong = || other("trouble-cosignature", Sort::Refused);
        let witness: VerifierKey = witness.parse().map_err(|_| wrong())?;
        let root = reader.root(cosigned.size)?.ok_or_else(wrong)?;
        let origin = self.home.settings.origin.clone();
        let mut note = Checkpoint::new(origin, cosigned.size, root).sign(&self.home.log_key()?);
        let lines = Signature::parse_lines(&cosigned.line).map_err(|_| wrong())?;
        let signed = Note { text: note.text.clone(), signatures: lines };
        let mut signed = signed.keep_known(&[witness]).map_err(|_| wrong())?;
        note.signatures.append(&mut signed.signatures);
        store::add_anchor(&self.home.dir, &note.to_string(), cosigned.size, self.now())?;
        Ok(Some(cosigned.size))
    }

    /// Cosigns the other side's checkpoint, if its log has only grown. Gives the size cosigned
    /// last, and the line when it is new.
    fn cosign(
        &self,
        row: &LinkRow,
        key: &VerifierKey,
        request: Option<&str>,
    ) -> Result<(u64, Option<String>), Trouble> {
        let witness = self.witness()?;
        let refused = |error: &WitnessError| {
            let args = vec![("why", error.to_string())];
            Trouble::Other("trouble-witness-folder", args, Sort::Broken)
        };
        witness.add_log(key.name(), key).map_err(|error| refused(&error))?;
        let new = match request {
            Some(request) => match witness.add_checkpoint_blocking(request.as_bytes()) {
                Decision::Cosigned(line) => {
                    let parsed = AddCheckpoint::parse(request.as_bytes()).ok();
                    let size = parsed.and_then(|one| Checkpoint::parse(&one.note.text).ok());
                    size.map(|checkpoint| (checkpoint.size, line.to_string()))
                }
                Decision::Refused(_) | Decision::Unavailable => None,
            },
            None => None,
        };
        if let Some((size, line)) = new {
            return Ok((size, Some(line)));
        }
        let latest = witness.latest(key.name()).map_err(|error| refused(&error))?;
        let latest = latest.and_then(|note| Note::parse(note.as_bytes()).ok());
        let latest = latest.and_then(|note| Checkpoint::parse(&note.text).ok());
        let known = self.reader()?.peer(row.no)?.witnessed;
        Ok((latest.map_or(0, |checkpoint| checkpoint.size).max(known), None))
    }
}

/// Puts a letter's form into the content that is sealed.
pub(crate) fn content_of(form: &LetterForm, way: Way) -> Result<Content, Trouble> {
    let subject = form.subject.trim().to_owned();
    if subject.is_empty() {
        return Err(Refusal::Blank("field-subject").into());
    }
    if subject.chars().count() > 200 {
        return Err(Refusal::TooLong("field-subject", 200).into());
    }
    let word = |letter_way| if letter_way == LetterWay::Out { way } else { way.other() };
    let head = ContentHead {
        sort: form.sort.word().to_owned(),
        subject,
        text: form.text.trim().to_owned(),
        re: form.re.map(|(letter_way, seq)| (word(letter_way).word().to_owned(), seq)),
        due: form.due.map(|day| day.to_string()),
        data: serde_json::Map::new(),
        files: Vec::new(),
    };
    let mut content = Content { head, files: Vec::new() };
    for (name, bytes) in &form.files {
        content.attach(name, bytes.clone());
    }
    Ok(content)
}

fn head_of(letter: &Letter) -> LetterHead {
    LetterHead {
        seq: letter.seq,
        before: hex::encode(letter.before),
        digest: hex::encode(letter.digest()),
        size: letter.size,
    }
}

fn digest_of(row: &LetterRow) -> [u8; 32] {
    let mut digest = [0; 32];
    // The ledger holds what we wrote ourselves; anything else matches no letter.
    let _ = hex::decode_to_slice(&row.digest, &mut digest);
    digest
}

fn last_letter(
    reader: &Reader,
    link: Number,
    way: LetterWay,
) -> Result<Option<LetterRow>, Trouble> {
    let counts = reader.letter_counts(link)?;
    let last = if way == LetterWay::In { counts.received } else { counts.sent };
    Ok(reader.letter(link, way, last)?)
}

fn link_id(row: &LinkRow) -> Result<[u8; 16], Trouble> {
    let mut id = [0; 16];
    hex::decode_to_slice(&row.link, &mut id).map_err(|_| Trouble::NotAsRecorded(row.idx))?;
    Ok(id)
}

fn key_of(row: &LinkRow) -> Result<VerifierKey, Trouble> {
    let key = row.key.as_deref().ok_or(Refusal::NotJoined(row.no))?;
    key.parse().map_err(|_| Trouble::NotAsRecorded(row.idx))
}

/// A wish that is carried out once, whoever repeats it.
fn once(what: &str, parts: &[&[u8]]) -> Ask {
    let mut hasher = Sha256::new();
    hasher.update(what.as_bytes());
    for part in parts {
        hasher.update([0]);
        hasher.update(part);
    }
    let hash: [u8; 32] = hasher.finalize().into();
    let mut key = [0; 16];
    key.copy_from_slice(&hash[..16]);
    Ask { by: BY.to_owned(), key }
}

fn other(key: &'static str, sort: Sort) -> Trouble {
    Trouble::Other(key, vec![], sort)
}

fn unread(error: &ExchangeError) -> Trouble {
    match error {
        ExchangeError::Form("invitation") => other("trouble-invitation", Sort::Refused),
        ExchangeError::Form(_) => other("trouble-bundle-form", Sort::Refused),
        ExchangeError::Signature | ExchangeError::Digest => {
            other("trouble-bundle-signature", Sort::Refused)
        }
    }
}

fn no_answer(row: &LinkRow, error: &LinkError) -> Trouble {
    let name = ("name", row.name.clone().unwrap_or_default());
    match error {
        LinkError::Status { status, .. } if (400..500).contains(status) => {
            let args = vec![name, ("status", status.to_string())];
            Trouble::Other("trouble-station-refused", args, Sort::Refused)
        }
        error => {
            let args = vec![name, ("why", error.to_string())];
            Trouble::Other("trouble-no-answer", args, Sort::Broken)
        }
    }
}
