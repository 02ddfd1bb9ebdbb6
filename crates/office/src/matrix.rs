//! The as-of-day matrix of a secret point.

use domain::terms::Purpose;
use domain::{Day, Number, Series};
use dossier::{Matrix, Say, Withheld};
use store::Reader;
use words::Lang;

use crate::gather::{Gathering, Wanted};
use crate::{Office, Trouble};

impl Office {
    /// Who could reach a secret point on a day, bound by what, with which measures in force. Needs
    /// no key: nothing secret is in it.
    ///
    /// # Errors
    /// [`Trouble::Unknown`] when there is no such secret point.
    pub fn matrix(&self, reader: &Reader, secret: Number, day: Day) -> Result<Matrix, Trouble> {
        // Names belong to whoever keeps the secret point; everything sealed under its own key
        // stays closed.
        let withheld = Withheld { names: false, ..Withheld::CAUTIOUS };
        let gathering = Gathering { office: self, reader, unlocked: None, withheld };
        let no = Number { series: Series::Dossier, count: 0 };
        let wanted = Wanted {
            no,
            secrets: &[secret],
            purpose: Purpose::Suit,
            lang: Lang::default(),
            incident: None,
        };
        let contents = gathering.access(&wanted)?;
        dossier::matrix(&contents, secret, day, self.today()).ok_or(Trouble::Unknown(secret))
    }

    /// The matrix as PDF.
    ///
    /// # Errors
    /// [`Trouble`] when it can't be printed.
    pub fn matrix_pdf(
        &self,
        reader: &Reader,
        matrix: &Matrix,
        lang: Lang,
    ) -> Result<Vec<u8>, Trouble> {
        let say = Say { lang, zone_minutes: self.zone_minutes() };
        let holder = reader.node()?.map(|node| node.name).unwrap_or_default();
        let program = self.world.program.to_owned();
        dossier::matrix_pdf(matrix, say, holder, self.now(), program)
            .map_err(|error| crate::dossier::trouble(error.into()))
    }
}
