//! A mail server on loopback that keeps what it gets, so that the real mailer is tested over a real connection.
//!
//! Just enough of RFC 5321 for a client without TLS or authentication. It can be told to refuse the next messages, as
//! busy mail servers do.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::Trouble;

/// One message as it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The envelope's sender.
    pub from: String,
    /// The envelope's recipients.
    pub to: Vec<String>,
    /// Headers and body, lines ended by `\n`, dot-stuffing undone.
    pub text: String,
}

/// The listening server; it stops with this value.
#[derive(Debug)]
pub struct SmtpSink {
    /// Where it listens.
    pub address: SocketAddr,
    shelf: Arc<Shelf>,
    listening: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Shelf {
    letters: Mutex<Vec<Letter>>,
    refusals: Mutex<u32>,
    arrived: Notify,
}

impl SmtpSink {
    /// Listens on a free port of loopback.
    pub async fn start() -> Result<Self, Trouble> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let shelf = Arc::new(Shelf::default());
        let kept = Arc::clone(&shelf);
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let shelf = Arc::clone(&kept);
                // A client that hangs up in the middle is its own business.
                tokio::spawn(async move { drop(converse(stream, &shelf).await) });
            }
        });
        Ok(Self { address, shelf, listening })
    }

    /// Everything kept so far, oldest first.
    pub fn letters(&self) -> Vec<Letter> {
        self.shelf.letters.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits, at most five seconds, until `count` messages are there.
    pub async fn receives(&self, count: usize) -> Result<Vec<Letter>, Trouble> {
        let enough = async {
            loop {
                let arrived = self.shelf.arrived.notified();
                let letters = self.letters();
                if letters.len() >= count {
                    return letters;
                }
                arrived.await;
            }
        };
        match tokio::time::timeout(Duration::from_secs(5), enough).await {
            Ok(letters) => Ok(letters),
            Err(_) => Err(format!("{} of {count} messages came", self.letters().len()).into()),
        }
    }

    /// Answers the next `count` messages with "451 try again later" and keeps none of them.
    pub fn refuses_next(&self, count: u32) {
        *self.shelf.refusals.lock().unwrap_or_else(PoisonError::into_inner) = count;
    }
}

impl Drop for SmtpSink {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn converse(stream: TcpStream, shelf: &Shelf) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let (mut from, mut to) = (String::new(), Vec::new());
    say(&mut stream, "220 sink ready").await?;
    while let Some(line) = read_line(&mut stream).await? {
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let answer = match verb.as_str() {
            "EHLO" => "250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8",
            "HELO" | "NOOP" => "250 sink",
            "MAIL" => {
                from = address(&line);
                "250 sender noted"
            }
            "RCPT" => {
                to.push(address(&line));
                "250 recipient noted"
            }
            "RSET" => {
                from.clear();
                to.clear();
                "250 forgotten"
            }
            "DATA" if to.is_empty() => "503 no recipient yet",
            "DATA" => {
                say(&mut stream, "354 end with a dot").await?;
                let text = read_text(&mut stream).await?;
                shelf.put(Letter { from: std::mem::take(&mut from), to: std::mem::take(&mut to), text })
            }
            "QUIT" => return say(&mut stream, "221 goodbye").await,
            _ => "502 not here",
        };
        say(&mut stream, answer).await?;
    }
    Ok(())
}

impl Shelf {
    fn put(&self, letter: Letter) -> &'static str {
        let mut refusals = self.refusals.lock().unwrap_or_else(PoisonError::into_inner);
        if *refusals > 0 {
            *refusals -= 1;
            return "451 try again later";
        }
        self.letters.lock().unwrap_or_else(PoisonError::into_inner).push(letter);
        self.arrived.notify_waiters();
        "250 kept"
    }
}

async fn say(stream: &mut BufReader<TcpStream>, answer: &str) -> std::io::Result<()> {
    stream.write_all(format!("{answer}\r\n").as_bytes()).await
}

async fn read_line(stream: &mut BufReader<TcpStream>) -> std::io::Result<Option<String>> {
    let mut line = Vec::new();
    if stream.read_until(b'\n', &mut line).await? == 0 {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned()))
}

async fn read_text(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut text = String::new();
    while let Some(line) = read_line(stream).await? {
        if line == "." {
            return Ok(text);
        }
        text.push_str(line.strip_prefix('.').unwrap_or(&line));
        text.push('\n');
    }
    Err(std::io::ErrorKind::UnexpectedEof.into())
}

/// What stands between the angle brackets of `MAIL FROM:<...>` and `RCPT TO:<...>`.
fn address(line: &str) -> String {
    line.split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
        .map_or_else(String::new, |(address, _)| address.to_owned())
}
