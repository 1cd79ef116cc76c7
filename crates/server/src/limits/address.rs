//! Where a request comes from.
//!
//! It is the address of the connection, unless that is of a trusted proxy. Then it
//! is the last address in the proxy's header that is not of one: everything before
//! it, the client itself may have written.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;

use crate::app::App;
use crate::config::{ForwardedHeader, Proxies};

/// Who asks, as far as the network tells. Of IPv6 it is the /64: whoever has one
/// of its addresses has them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Address(IpAddr);

impl Address {
    /// Of a request over a connection of a peer.
    fn of(peer: IpAddr, headers: &HeaderMap, proxies: &Proxies) -> Self {
        let mut found = peer.to_canonical();
        let mut hops = hops(headers, proxies.header).into_iter().rev();
        while proxies.trust(found) {
            // What is no address ends the way back: the proxy before it is all
            // that is known.
            match hops.next().flatten() {
                Some(hop) => found = hop,
                None => break,
            }
        }
        Self(match found {
            IpAddr::V4(_) => found,
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
            }
        })
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(formatter)
    }
}

impl FromRequestParts<Arc<App>> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        // Without a connection the router is asked in this very process.
        let peer = parts.extensions.get::<SocketAddr>();
        let peer = peer.map_or(IpAddr::V6(Ipv6Addr::LOCALHOST), SocketAddr::ip);
        Ok(Self::of(peer, &parts.headers, &app.config.proxies))
    }
}

/// The addresses in a header, in their order.
fn hops(headers: &HeaderMap, header: ForwardedHeader) -> Vec<Option<IpAddr>> {
    let lines = headers.get_all(header.name());
    let entries = lines.iter().flat_map(|line| {
        let line = line.to_str().unwrap_or_default();
        line.split(',').map(str::trim)
    });
    entries
        .map(|entry| match header {
            ForwardedHeader::XForwardedFor => address(entry),
            ForwardedHeader::Forwarded => {
                let pairs = entry.split(';').filter_map(|pair| pair.split_once('='));
                let mut named = pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case("for"));
                named.next().and_then(|(_, node)| address(node.trim()))
            }
        })
        .collect()
}

/// An address as proxies write it: with a port or without, in quotation marks or
/// brackets.
fn address(node: &str) -> Option<IpAddr> {
    let node = node.trim_matches('"');
    let bare = node.trim_start_matches('[').trim_end_matches(']');
    let alone = bare.parse::<IpAddr>().ok();
    let found = alone.or_else(|| Some(node.parse::<SocketAddr>().ok()?.ip()));
    found.map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(peer: &str, name: &'static str, lines: &[&str], proxies: &Proxies) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(name, line.parse().unwrap());
        }
        Address::of(peer.parse().unwrap(), &headers, proxies).to_string()
    }

    #[test]
    fn nobody_is_believed_without_being_trusted() {
        let nobody = Proxies::default();
        for name in ["x-forwarded-for", "forwarded"] {
            assert_eq!(
                asked("192.0.2.1", name, &["203.0.113.9"], &nobody),
                "192.0.2.1"
            );
        }
    }

    #[test]
    fn what_a_client_writes_before_the_proxy_counts_for_nothing() {
        let proxies = Proxies::new(
            &["10.0.0.0/8", "2001:db8:1::/48"],
            ForwardedHeader::XForwardedFor,
        );
        for (lines, found) in [
            (&["203.0.113.9"][..], "203.0.113.9"),
            (&["127.0.0.1, 203.0.113.9"], "203.0.113.9"),
            (&["10.9.9.9, 203.0.113.9, 10.0.0.2"], "203.0.113.9"),
            (&["127.0.0.1", "203.0.113.9"], "203.0.113.9"),
            (&["203.0.113.9:4711"], "203.0.113.9"),
            (&["::ffff:203.0.113.9"], "203.0.113.9"),
            (&["[2001:db8:7::1]:443"], "2001:db8:7::"),
            (&["2001:db8:7::1, 2001:db8:1::9"], "2001:db8:7::"),
            // What is no address hides nobody behind a made-up one.
            (&["203.0.113.9, unknown"], "10.0.0.1"),
            (&["203.0.113.9, "], "10.0.0.1"),
            (&[], "10.0.0.1"),
            (&["10.0.0.3"], "10.0.0.3"),
        ] {
            let asked = asked("10.0.0.1", "x-forwarded-for", lines, &proxies);
            assert_eq!(asked, found, "{lines:?}");
        }
        // The other header is whoever's.
        assert_eq!(
            asked("10.0.0.1", "forwarded", &["for=203.0.113.9"], &proxies),
            "10.0.0.1"
        );
        assert_eq!(
            asked("192.0.2.1", "x-forwarded-for", &["203.0.113.9"], &proxies),
            "192.0.2.1"
        );
    }

    #[test]
    fn the_header_of_rfc_7239() {
        let proxies = Proxies::new(&["10.0.0.1"], ForwardedHeader::Forwarded);
        for (line, found) in [
            ("for=203.0.113.9;proto=https;by=10.0.0.1", "203.0.113.9"),
            (
                "for=127.0.0.1, proto=https; For=\"203.0.113.9:4711\"",
                "203.0.113.9",
            ),
            ("for=\"[2001:db8:7::1]:443\"", "2001:db8:7::"),
            ("for=_hidden", "10.0.0.1"),
            ("proto=https", "10.0.0.1"),
        ] {
            assert_eq!(
                asked("10.0.0.1", "forwarded", &[line], &proxies),
                found,
                "{line}"
            );
        }
    }
}
