//! A keep-alive HTTP/1.1 connection for measuring: ready-made request bytes out, a status in.
//!
//! A full HTTP client in a test build would cost more processor time than the server it measures.

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::Trouble;

/// One open connection.
#[derive(Debug)]
pub struct Wire {
    stream: BufReader<TcpStream>,
    line: String,
    rest: Vec<u8>,
}

/// The bytes of one POST with a JSON body and a signature.
pub fn post(host: &str, path: &str, signature: &str, body: &[u8]) -> Vec<u8> {
    let mut request = format!(
        "POST {path} HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\n\
         {name}: {signature}\r\ncontent-length: {length}\r\n\r\n",
        name = crate::webhook::SIGNATURE,
        length = body.len()
    )
    .into_bytes();
    request.extend_from_slice(body);
    request
}

impl Wire {
    /// Connects to `host`, given as `address:port`.
    pub async fn to(host: &str) -> Result<Self, Trouble> {
        let stream = TcpStream::connect(host).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), line: String::new(), rest: Vec::new() })
    }

    /// Sends a request and gives the answer's status, with its body read to the end.
    pub async fn send(&mut self, request: &[u8]) -> Result<u16, Trouble> {
        self.stream.write_all(request).await?;
        let status = self.read_line().await?.split(' ').nth(1).and_then(|word| word.parse().ok());
        let status: u16 = status.ok_or("the server did not answer in HTTP")?;
        let (mut length, mut chunked) = (0, false);
        loop {
            let line = self.read_line().await?.to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse()?;
            }
            chunked |= line.starts_with("transfer-encoding:");
        }
        if chunked {
            self.skip_chunks().await?;
        } else {
            self.skip(length).await?;
        }
        Ok(status)
    }

    /// Pages that are compressed while they are sent have no length.
    async fn skip_chunks(&mut self) -> Result<(), Trouble> {
        loop {
            let length = usize::from_str_radix(self.read_line().await?, 16)?;
            self.skip(length).await?;
            self.read_line().await?;
            if length == 0 {
                return Ok(());
            }
        }
    }

    async fn skip(&mut self, length: usize) -> Result<(), Trouble> {
        self.rest.resize(length, 0);
        self.stream.read_exact(&mut self.rest).await?;
        Ok(())
    }

    async fn read_line(&mut self) -> Result<&str, Trouble> {
        self.line.clear();
        if self.stream.read_line(&mut self.line).await? == 0 {
            return Err("the server closed the connection".into());
        }
        Ok(self.line.trim_end())
    }
}
