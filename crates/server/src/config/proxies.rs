//! `proxies`: whose word is taken for where a request comes from.

use std::net::IpAddr;

use ipnet::IpNet;
use latchlet_core::config::{Code, Problem, Reader};

/// The proxies before the server. Without one, the address of a client is that of
/// its connection.
#[derive(Clone, Debug, Default)]
pub struct Proxies {
    trusted: Vec<IpNet>,
    /// The header that they write. Only one is read: a client may send the other.
    pub header: ForwardedHeader,
}

/// Where a proxy writes who asked it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ForwardedHeader {
    /// The usual one.
    #[default]
    XForwardedFor,
    /// That of RFC 7239.
    Forwarded,
}

impl ForwardedHeader {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::XForwardedFor => "x-forwarded-for",
            Self::Forwarded => "forwarded",
        }
    }
}

impl Proxies {
    /// Those of some networks.
    #[cfg(test)]
    pub fn new(trusted: &[&str], header: ForwardedHeader) -> Self {
        Self {
            trusted: trusted.iter().filter_map(|text| net(text)).collect(),
            header,
        }
    }

    /// Whether this is the address of one of them.
    pub fn trust(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|net| net.contains(&address))
    }
}

/// Reads `proxies`, where there is one.
pub(super) fn read_proxies(options: &mut Reader<'_>) -> Proxies {
    let Some(mut reader) = options.object("proxies") else {
        return Proxies::default();
    };
    reader.allow(&["header", "trusted"]);
    let mut trusted = Vec::new();
    let items = reader.list("trusted");
    if items.as_ref().is_none_or(Vec::is_empty) {
        let message = "name the proxies, such as \"10.0.0.0/8\"";
        reader.problem("trusted", Code::Missing, message);
    }
    for (place, item) in items.unwrap_or_default() {
        match item.as_text().and_then(net) {
            Some(net) => trusted.push(net),
            None => {
                let message = ["give an address such as 10.0.0.1, or a network such as 10.0.0.0/8"];
                let problem = Problem::new(place, Code::InvalidValue, &message);
                reader.problems().push(problem);
            }
        }
    }
    let known = [ForwardedHeader::XForwardedFor, ForwardedHeader::Forwarded];
    let named = reader.text("header");
    let header = named.as_ref().map(|name| {
        let found = known.into_iter().find(|it| it.name() == name);
        if found.is_none() {
            reader.one_of("header", name, known.map(ForwardedHeader::name));
        }
        found.unwrap_or_default()
    });
    Proxies {
        trusted,
        header: header.unwrap_or_default(),
    }
}

fn net(text: &str) -> Option<IpNet> {
    let one = text.parse::<IpAddr>().ok().map(IpNet::from);
    one.or_else(|| text.parse().ok())
}
