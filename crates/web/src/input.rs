//! What a form sent: read from the wire, then read as words, days, numbers and terms.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use axum::response::Response;
use domain::{Day, Number, Series};
use office::{Ask, Source, Trouble};

use crate::body;
use crate::desk::{App, Desk, at_desk};
use crate::problem::Problem;
use crate::session::Session;
use crate::spool::{FILE_BYTES_MAX, Upload};
use crate::visitor::{Visitor, to_unlock};

/// The most that the fields of a form may hold together, files not counted.
const FIELDS_BYTES_MAX: usize = 4 << 20;
/// The most fields and files of a form.
const PARTS_MAX: usize = 500;
/// The most files of a form.
const FILES_MAX: usize = 20;
/// How long a sender may pause.
const PIECE_WITHIN: Duration = Duration::from_secs(60);

/// The fields of a form, in the order in which they came.
#[derive(Clone, Default)]
pub(crate) struct Input {
    fields: Vec<(String, String)>,
    /// Files, with the name of the field they came in.
    files: Vec<(String, Arc<Upload>)>,
}

impl Input {
    /// An input as a page gives it to a form at first.
    pub(crate) fn of<'a>(fields: impl IntoIterator<Item = (&'a str, String)>) -> Self {
        let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { fields, files: Vec::new() }
    }

    /// The fields of a query or of an encoded form.
    pub(crate) fn parse(text: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(text).take(PARTS_MAX);
        let fields = pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
        Self { fields, files: Vec::new() }
    }

    /// A field's text without the space around it; empty when it did not come.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// All values of a field.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.fields.iter().filter(move |(of, _)| of == name).map(|(_, value)| value.trim())
    }

    /// Whether a field has this value.
    pub(crate) fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|found| found == value)
    }

    /// The files of a field.
    pub(crate) fn files(&self, name: &str) -> impl Iterator<Item = &Arc<Upload>> {
        self.files.iter().filter(move |(of, _)| of == name).map(|(_, file)| file)
    }

    /// All files of all fields.
    pub(crate) fn all_files(&self) -> Vec<Arc<Upload>> {
        self.files.iter().map(|(_, file)| file.clone()).collect()
    }
}

/// A form that somebody who is signed in has sent, with the right token.
pub(crate) struct Posted {
    pub(crate) visitor: Visitor,
    pub(crate) session: Arc<Session>,
    pub(crate) input: Input,
}

impl FromRequest<App> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let visitor = visitor(&request, app);
        let Some(session) = visitor.session.clone() else { return Err(to_unlock(&visitor)) };
        match read(app, &session, request).await {
            Ok(input) => Ok(Self { visitor, session, input }),
            Err(problem) => Err(at_desk(app.clone(), visitor, move |_| Err(problem)).await),
        }
    }
}

/// A short form that anybody may send.
pub(crate) struct Open {
    pub(crate) visitor: Visitor,
    pub(crate) input: Input,
}

impl FromRequest<App> for Open {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        const OPEN_BYTES_MAX: usize = 16 << 10;
        let visitor = visitor(&request, app);
        match axum::body::to_bytes(request.into_body(), OPEN_BYTES_MAX).await {
            Ok(bytes) => Ok(Self { visitor, input: Input::parse(&bytes) }),
            Err(_) => Err(Problem::TooLarge.bare(visitor.lang)),
        }
    }
}

fn visitor(request: &Request, app: &App) -> Visitor {
    request.extensions().get::<Visitor>().cloned().unwrap_or_else(|| {
        let (parts, ()) = Request::builder()
            .body(())
            .map(axum::http::Request::into_parts)
            .expect("an empty request can be made");
        Visitor::read(app, &parts)
    })
}

async fn read(app: &App, session: &Arc<Session>, request: Request) -> Result<Input, Problem> {
    let media = request.headers().get(header::CONTENT_TYPE).and_then(|media| media.to_str().ok());
    if media.is_some_and(|media| media.starts_with("multipart/form-data")) {
        let parts = Multipart::from_request(request, app).await.map_err(|_| Problem::CutOff)?;
        return read_parts(app, session, parts).await;
    }
    let bytes = tokio::time::timeout(
        PIECE_WITHIN,
        axum::body::to_bytes(request.into_body(), FIELDS_BYTES_MAX),
    );
    let bytes = bytes.await.map_err(|_| Problem::CutOff)?.map_err(|_| Problem::TooLarge)?;
    let mut input = Input::parse(&bytes);
    if !input.has("csrf", &session.csrf) {
        return Err(Problem::Stale);
    }
    kept(&mut input, session);
    Ok(input)
}

/// Reads parts one by one. The token is the first field of every form, so nothing is taken in from
/// somebody who does not have it.
async fn read_parts(
    app: &App,
    session: &Arc<Session>,
    mut parts: Multipart,
) -> Result<Input, Problem> {
    let mut input = Input::default();
    let mut bytes_read = 0;
    loop {
        let next = tokio::time::timeout(PIECE_WITHIN, parts.next_field()).await;
        let Some(mut field) = next.map_err(|_| Problem::CutOff)?.map_err(|_| Problem::CutOff)?
        else {
            break;
        };
        let name = field.name().unwrap_or_default().to_owned();
        if input.fields.is_empty() && name != "csrf" {
            return Err(Problem::Stale);
        }
        if input.fields.len() + input.files.len() >= PARTS_MAX {
            return Err(Problem::TooLarge);
        }
        match field.file_name().map(str::to_owned) {
            // A field for files that was left empty.
            Some(file_name) if file_name.is_empty() => {}
            Some(file_name) => {
                if input.files.len() >= FILES_MAX || !app.spool.has_room() {
                    return Err(Problem::TooLarge);
                }
                let upload = take_file(app, file_name, &mut field).await?;
                session.keep_upload(upload.clone());
                input.files.push((name, upload));
            }
            None => {
                let mut value = Vec::new();
                while let Some(piece) = piece(&mut field).await? {
                    bytes_read += piece.len();
                    if bytes_read > FIELDS_BYTES_MAX {
                        return Err(Problem::TooLarge);
                    }
                    value.extend_from_slice(&piece);
                }
                let value = String::from_utf8(value).map_err(|_| Problem::CutOff)?;
                if input.fields.is_empty() && value != session.csrf {
                    return Err(Problem::Stale);
                }
                input.fields.push((name, value));
            }
        }
    }
    if input.fields.is_empty() {
        return Err(Problem::Stale);
    }
    kept(&mut input, session);
    Ok(input)
}

/// Files that came with an earlier try of the form and were not taken back.
fn kept(input: &mut Input, session: &Session) {
    let found: Vec<_> = input
        .fields
        .iter()
        .filter_map(|(name, id)| {
            Some((name.strip_prefix("kept-")?.to_owned(), session.upload(id)?))
        })
        .collect();
    input.files.splice(0..0, found);
}

/// The next piece of a field; an error when the sender pauses too long.
pub(crate) async fn piece(field: &mut Field<'_>) -> Result<Option<Bytes>, Problem> {
    let piece = tokio::time::timeout(PIECE_WITHIN, field.chunk()).await;
    piece.map_err(|_| Problem::CutOff)?.map_err(|_| Problem::CutOff)
}

/// Seals a file while it arrives.
async fn take_file(app: &App, name: String, field: &mut Field<'_>) -> Result<Arc<Upload>, Problem> {
    let (send, mut reader, end) = body::pipe();
    let spool = app.spool.clone();
    let id = hex::encode(app.office.random::<16>());
    // Only the last part: some browsers send the whole path.
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let work = tokio::task::spawn_blocking(move || spool.take(id, name, &mut reader));
    let mut size = 0_u64;
    while let Some(piece) = piece(field).await? {
        size += piece.len() as u64;
        if size > FILE_BYTES_MAX {
            return Err(Problem::TooLarge);
        }
        if !send.send(piece).await {
            break;
        }
    }
    send.end(&end);
    let upload = work.await.map_err(|_| Problem::Broken("w-broken"))??;
    Ok(Arc::new(upload))
}

/// What is wrong with a form: the field's name (empty for the form as a whole) and words.
pub(crate) type Errors = Vec<(String, String)>;

/// Reads an input and gathers what is wrong with it.
pub(crate) struct Reading<'a> {
    pub(crate) desk: &'a Desk,
    pub(crate) input: &'a Input,
    pub(crate) errors: Errors,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(desk: &'a Desk, input: &'a Input) -> Self {
        Self { desk, input, errors: Vec::new() }
    }

    /// Notes an error.
    pub(crate) fn wrong(&mut self, name: &str, key: &str) {
        self.errors.push((name.to_owned(), self.desk.t(key)));
    }

    /// Whether nothing is wrong so far.
    pub(crate) fn is_right(&self) -> bool {
        self.errors.is_empty()
    }

    /// A text that may be left out.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let text = self.input.get(name);
        (!text.is_empty()).then(|| text.replace("\r\n", "\n"))
    }

    /// A text that must say something.
    pub(crate) fn must_text(&mut self, name: &str, label: &str) -> String {
        let text = self.text(name);
        text.unwrap_or_else(|| {
            self.blank(name, label);
            String::new()
        })
    }

    fn blank(&mut self, name: &str, label: &str) {
        let label = self.desk.t(label);
        let words = self.desk.tr("w-must-fill", &[("field", &label)]);
        self.errors.push((name.to_owned(), words));
    }

    /// A day that may be left out.
    pub(crate) fn day(&mut self, name: &str) -> Option<Day> {
        let text = self.input.get(name);
        if text.is_empty() {
            return None;
        }
        let day = Day::parse(text).ok();
        if day.is_none() {
            self.wrong(name, "w-not-a-day");
        }
        day
    }

    /// A day that must be there.
    pub(crate) fn must_day(&mut self, name: &str) -> Option<Day> {
        let known = self.errors.len();
        let day = self.day(name);
        if day.is_none() && self.errors.len() == known {
            self.wrong(name, "w-not-a-day");
        }
        day
    }

    /// A number of a series that may be left out.
    pub(crate) fn number(&mut self, name: &str, series: Series) -> Option<Number> {
        let text = self.input.get(name);
        if text.is_empty() {
            return None;
        }
        let number = Number::parse(text).ok().filter(|number| number.series == series);
        if number.is_none() {
            self.wrong(name, "w-choose");
        }
        number
    }

    /// A number that must be there.
    pub(crate) fn must_number(&mut self, name: &str, series: Series) -> Option<Number> {
        let known = self.errors.len();
        let number = self.number(name, series);
        if number.is_none() && self.errors.len() == known {
            self.wrong(name, "w-choose");
        }
        number
    }

    /// A term that may be left out.
    pub(crate) fn term<T>(&mut self, name: &str, from: fn(&str) -> Option<T>) -> Option<T> {
        let text = self.input.get(name);
        if text.is_empty() {
            return None;
        }
        let term = from(text);
        if term.is_none() {
            self.wrong(name, "w-choose");
        }
        term
    }

    /// A term that must be there.
    pub(crate) fn must_term<T>(&mut self, name: &str, from: fn(&str) -> Option<T>) -> Option<T> {
        let known = self.errors.len();
        let term = self.term(name, from);
        if term.is_none() && self.errors.len() == known {
            self.wrong(name, "w-choose");
        }
        term
    }

    /// The parts that were ticked; `None` when none was, which means all.
    pub(crate) fn parts(&self, name: &str) -> Option<Vec<u32>> {
        let parts: Vec<u32> = self.input.all(name).filter_map(|part| part.parse().ok()).collect();
        (!parts.is_empty()).then_some(parts)
    }

    /// Who asks, with the form's key: sent twice, the wish is carried out once.
    pub(crate) fn ask(&self) -> Ask {
        let mut key = [0; 16];
        if hex::decode_to_slice(self.input.get("key"), &mut key).is_err() {
            key = self.desk.office().random();
        }
        Ask { by: self.desk.by(), key }
    }

    /// The files of a field, ready to be sealed for good.
    pub(crate) fn sources(&self, name: &str) -> Result<Vec<Source>, Trouble> {
        self.input.files(name).map(|file| file.source()).collect()
    }

    /// Puts a refusal beside the field it is about; other troubles are handed back.
    pub(crate) fn refused(&mut self, trouble: Trouble) -> Result<(), Problem> {
        if trouble.sort() != office::Sort::Refused {
            return Err(trouble.into());
        }
        let field = trouble
            .args()
            .iter()
            .find(|(name, _)| *name == "field")
            .map(|(_, value)| value.strip_prefix("field-").unwrap_or(value).to_owned());
        let field = field.unwrap_or_else(|| {
            match trouble.key() {
                "refusal-state-secret-word" => "title",
                "refusal-form-of-other-class" => "form",
                "refusal-ends-before-start" => "until",
                "refusal-agreement-of-other" => "agreement",
                "refusal-same-level" => "level",
                _ => "",
            }
            .to_owned()
        });
        let words = crate::problem::words_of(self.desk.lang(), &trouble);
        self.errors.push((field, words));
        Ok(())
    }
}
