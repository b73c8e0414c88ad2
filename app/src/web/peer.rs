//! Who asks, and under which host.
//!
//! What a proxy says about the one behind it counts only when the proxy is one of the configuration's.
//! The chain is read from its end, past every trusted one: what stands further left anybody may have
//! written.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use actix_web::{HttpRequest, http::header};

use super::site::Site;
use crate::config::Network;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer {
    /// Their address.
    pub ip: IpAddr,
    /// Whether somebody stands between, or says so.
    pub forwarded: bool,
}

impl Peer {
    /// Who asks this.
    pub fn of(request: &HttpRequest, proxies: &[Network]) -> Self {
        let near = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |at| at.ip());
        let trusted = |ip: IpAddr| proxies.iter().any(|network| network.contains(ip));
        let forwarded =
            ["x-forwarded-for", "forwarded"].iter().any(|name| request.headers().contains_key(*name));
        let mut ip = near.to_canonical();
        let chain: Vec<&str> = request
            .headers()
            .get_all("x-forwarded-for")
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .collect();
        for hop in chain.iter().rev() {
            if !trusted(ip) {
                break;
            }
            let Some(next) = address(hop.trim()) else { break };
            ip = next.to_canonical();
        }
        Self { ip, forwarded }
    }
}

fn address(text: &str) -> Option<IpAddr> {
    text.parse::<IpAddr>().or_else(|_| text.parse::<SocketAddr>().map(|socket| socket.ip())).ok()
}

/// Whether the request names a host that is ours. A name that somebody else points here is not.
pub fn is_our_host(request: &HttpRequest, site: &Site) -> bool {
    if site.hosts.is_empty() {
        return true;
    }
    let named = request.headers().get(header::HOST).and_then(|value| value.to_str().ok());
    let absolute = request.uri().authority().map(|authority| authority.as_str());
    let ours = |host: &str| site.hosts.iter().any(|known| known.eq_ignore_ascii_case(host));
    match (absolute, named) {
        (Some(absolute), Some(named)) => ours(absolute) && ours(named),
        (Some(host), None) | (None, Some(host)) => ours(host),
        (None, None) => false,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn seen(near: &str, chain: Option<&str>) -> String {
        let proxies: Vec<Network> = ["10.0.0.0/8", "::1"].iter().map(|text| text.parse().unwrap()).collect();
        let mut request = TestRequest::default().peer_addr(near.parse().unwrap());
        if let Some(chain) = chain {
            request = request.insert_header(("x-forwarded-for", chain));
        }
        Peer::of(&request.to_http_request(), &proxies).ip.to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_about_its_neighbour() {
        for (near, chain, ip) in [
            ("203.0.113.7:1", None, "203.0.113.7"),
            ("203.0.113.7:1", Some("198.51.100.1"), "203.0.113.7"),
            ("10.0.0.1:1", Some("198.51.100.1"), "198.51.100.1"),
            ("10.0.0.1:1", Some("127.0.0.1, 198.51.100.1"), "198.51.100.1"),
            ("10.0.0.1:1", Some("127.0.0.1, 198.51.100.1, 10.0.0.2"), "198.51.100.1"),
            ("10.0.0.1:1", Some("198.51.100.1:4711"), "198.51.100.1"),
            ("10.0.0.1:1", Some("[2001:db8::1]:80"), "2001:db8::1"),
            ("10.0.0.1:1", Some("rahasia"), "10.0.0.1"),
            ("[::1]:1", Some("2001:db8::1"), "2001:db8::1"),
            ("[::ffff:10.0.0.1]:1", Some("198.51.100.1"), "198.51.100.1"),
        ] {
            assert_eq!(seen(near, chain), ip, "{near} {chain:?}");
        }
    }
}
