//! What the design forbids and no compiler refuses.
//!
//! Each gate looks at the files as they are and answers with what breaks it,
//! one sentence for each place.

mod dependencies;
mod length;
mod product;
mod text;

use anyhow::Result;

use crate::workspace::Workspace;

pub struct Gate {
    pub name: &'static str,
    check: fn(&Workspace) -> Result<Vec<String>>,
}

/// Every gate, in the order in which they run.
pub const GATES: [Gate; 10] = [
    Gate {
        name: "web-sys stays in embed.rs and browser/",
        check: text::web_edge,
    },
    Gate {
        name: "sqlx stays in the store",
        check: text::database,
    },
    Gate {
        name: "hashing and signing stay in server/src/auth",
        check: text::secrets,
    },
    Gate {
        name: "views are built by browser/element.rs",
        check: text::views,
    },
    Gate {
        name: "no HTML or code sink in sources",
        check: text::sinks,
    },
    Gate {
        name: "styles use logical directions",
        check: text::styles,
    },
    Gate {
        name: "no file names a place on somebody's machine",
        check: text::places,
    },
    Gate {
        name: "no source file is over 400 lines",
        check: length::check,
    },
    Gate {
        name: "dependencies point one way",
        check: dependencies::check,
    },
    Gate {
        name: "the built widget is clean",
        check: product::check,
    },
];

impl Gate {
    pub fn findings(&self, workspace: &Workspace) -> Result<Vec<String>> {
        (self.check)(workspace)
    }
}
