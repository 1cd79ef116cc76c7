//! Addresses that passwords, codes and tokens may travel to.

use url::{Host, Url};

/// Whether nobody can listen on the way: it is encrypted, or it does not leave
/// this machine.
pub fn is_safe(url: &Url) -> bool {
    match url.scheme() {
        "https" => true,
        "http" => match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        },
        _ => false,
    }
}
