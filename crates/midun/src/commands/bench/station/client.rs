//! A browser without a window: keeps its cookie and its connections, and reads answers to their end.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Mutex;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};

/// How long an answer may take.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// See the module. One for all threads.
pub struct Client {
    host: String,
    cookie: String,
    idle: Mutex<Vec<BufReader<TcpStream>>>,
}

/// An answer, as far as anybody asks.
struct Answer {
    status: u16,
    cookie: Option<String>,
    bytes: usize,
}

impl Client {
    /// Signs in by a one-time link.
    pub fn enter(link: &str) -> anyhow::Result<Self> {
        let rest = link.strip_prefix("http://").context("the pages have an address")?;
        let (host, path) = rest.split_once('/').context("the link has a path")?;
        let mut client =
            Self { host: host.to_owned(), cookie: String::new(), idle: Mutex::default() };
        let answer = client.ask(&format!("/{path}"))?;
        client.cookie = answer.cookie.context("signing in gives a cookie")?;
        Ok(client)
    }

    /// Opens a page; gives its size.
    pub fn get(&self, path: &str) -> anyhow::Result<usize> {
        let answer = self.ask(path)?;
        ensure!(answer.status == 200, "{path} answers {}", answer.status);
        Ok(answer.bytes)
    }

    fn ask(&self, path: &str) -> anyhow::Result<Answer> {
        let idle = self.idle.lock().unwrap_or_else(|broken| broken.into_inner()).pop();
        let mut connection = match idle {
            Some(connection) => connection,
            None => {
                let stream = TcpStream::connect(&self.host)?;
                stream.set_nodelay(true)?;
                stream.set_read_timeout(Some(ANSWER_WITHIN))?;
                BufReader::with_capacity(1 << 16, stream)
            }
        };
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nAccept-Language: zh-CN\r\n\r\n",
            self.host, self.cookie
        );
        connection.get_mut().write_all(request.as_bytes())?;
        let answer = read(&mut connection)?;
        self.idle.lock().unwrap_or_else(|broken| broken.into_inner()).push(connection);
        Ok(answer)
    }
}

fn read(connection: &mut BufReader<TcpStream>) -> anyhow::Result<Answer> {
    let mut line = String::new();
    connection.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
    let mut answer = Answer { status: status.context("a status")?, cookie: None, bytes: 0 };
    let mut length = None;
    loop {
        line.clear();
        connection.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        match &*name.to_ascii_lowercase() {
            "content-length" => length = Some(value.parse()?),
            "set-cookie" => {
                answer.cookie = value.split(';').next().map(str::to_owned).or(answer.cookie);
            }
            _ => {}
        }
    }
    let Some(length) = length else { bail!("an answer of unknown length") };
    let mut body = vec![0; length];
    connection.read_exact(&mut body)?;
    answer.bytes = length;
    Ok(answer)
}
