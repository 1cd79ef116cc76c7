//! Gates that look for words in lines.

use std::fs;

use anyhow::{Context, Result};
use regex_lite::Regex;

use crate::workspace::Workspace;

/// Words that may not stand in some files.
struct Ban {
    pattern: &'static str,
    /// Whether a file, by its path from the root, is looked at.
    scope: fn(&str) -> bool,
    /// A comment may say a word that the code must not.
    comments_too: bool,
}

const WEB_EDGE: Ban = Ban {
    pattern: r"\b(JsValue|web_sys)\b",
    scope: |file| {
        file.starts_with("src/") && !file.starts_with("src/browser/") && file != "src/embed.rs"
    },
    comments_too: false,
};

const DATABASE: Ban = Ban {
    pattern: r"\bsqlx\b",
    scope: |file| {
        (file.starts_with("src/") || file.starts_with("crates/"))
            && !file.starts_with("crates/store/")
            && (file.ends_with(".rs") || file.ends_with(".toml"))
    },
    comments_too: false,
};

const SECRETS: Ban = Ban {
    pattern: r"\b(argon2|jsonwebtoken|aws_lc_rs|rcgen)\b",
    scope: |file| {
        (file.starts_with("src/") || (file.starts_with("crates/") && file.contains("/src/")))
            && !file.starts_with("crates/server/src/auth/")
            && file.ends_with(".rs")
    },
    comments_too: false,
};

/// Leptos' macros build static parts through `innerHTML`, which Trusted Types
/// forbid; a `style` attribute needs `'unsafe-inline'`.
const VIEWS: Ban = Ban {
    pattern: r"\b(view|template)!|\b(set_)?(inner|outer)_html\b|insert_adjacent_html|\bstyle=",
    scope: |file| file.starts_with("src/") && file.ends_with(".rs"),
    comments_too: false,
};

const SINKS: Ban = Ban {
    pattern: concat!(
        r"innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|document\.write",
        r#"|\beval\(|new Function\b|setAttribute\(\s*["']style|javascript:"#,
    ),
    scope: |file| {
        let source = [".rs", ".js", ".mjs", ".ts", ".html"]
            .iter()
            .any(|end| file.ends_with(end));
        source && !file.contains("tests/") && !file.starts_with("xtask/")
    },
    comments_too: false,
};

const STYLES: Ban = Ban {
    pattern: concat!(
        r"(^|[\s;{-])(left|right)(-[a-z]+)*\s*:",
        r"|(text-align|float|clear)\s*:\s*(left|right)\b",
    ),
    scope: |file| file.ends_with(".css"),
    comments_too: false,
};

// Spelt apart, so that this file does not trip over itself.
const PLACES: Ban = Ban {
    pattern: concat!(
        "(^|[^a-zA-Z0-9._/-])/(ro",
        "ot|wo",
        "rk|ho",
        "me)/[a-zA-Z.]"
    ),
    scope: |_| true,
    comments_too: true,
};

pub fn web_edge(workspace: &Workspace) -> Result<Vec<String>> {
    WEB_EDGE.findings(workspace)
}

pub fn database(workspace: &Workspace) -> Result<Vec<String>> {
    DATABASE.findings(workspace)
}

pub fn secrets(workspace: &Workspace) -> Result<Vec<String>> {
    SECRETS.findings(workspace)
}

pub fn views(workspace: &Workspace) -> Result<Vec<String>> {
    VIEWS.findings(workspace)
}

pub fn sinks(workspace: &Workspace) -> Result<Vec<String>> {
    SINKS.findings(workspace)
}

pub fn styles(workspace: &Workspace) -> Result<Vec<String>> {
    STYLES.findings(workspace)
}

pub fn places(workspace: &Workspace) -> Result<Vec<String>> {
    let mut findings = PLACES.findings(workspace)?;
    for file in workspace.files()? {
        if file.ends_with("package-lock.json")
            && fs::read_to_string(workspace.path(&file))?.contains("\"resolved\": \"http")
        {
            findings.push(format!(
                "{file} names the registry that a package came from"
            ));
        }
    }
    Ok(findings)
}

/// The sinks that stand in a built script.
pub fn sinks_in(script: &str) -> Result<Vec<String>> {
    let pattern = Regex::new(SINKS.pattern)?;
    Ok(pattern
        .find_iter(script)
        .map(|found| found.as_str().to_owned())
        .collect())
}

impl Ban {
    fn findings(&self, workspace: &Workspace) -> Result<Vec<String>> {
        let pattern = Regex::new(self.pattern).context(self.pattern)?;
        let mut findings = Vec::new();
        for file in workspace.files()?.iter().filter(|file| (self.scope)(file)) {
            // What is not text (a picture, a font) has no lines to look at.
            let Ok(text) = fs::read_to_string(workspace.path(file)) else {
                continue;
            };
            for (number, line) in text.lines().enumerate() {
                if self.hits(&pattern, line) {
                    findings.push(format!("{file}:{}: {}", number + 1, line.trim()));
                }
            }
        }
        Ok(findings)
    }

    fn hits(&self, pattern: &Regex, line: &str) -> bool {
        let comment = ["//", "*", "/*", "<!--"]
            .iter()
            .any(|start| line.trim_start().starts_with(start));
        (self.comments_too || !comment) && pattern.is_match(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refuses(ban: &Ban, line: &str) -> bool {
        ban.hits(&Regex::new(ban.pattern).unwrap(), line)
    }

    #[test]
    fn only_the_edge_of_the_widget_may_know_the_web() {
        assert!((WEB_EDGE.scope)("src/screens/sign_up.rs"));
        assert!(!(WEB_EDGE.scope)("src/embed.rs"));
        assert!(!(WEB_EDGE.scope)("src/browser/http.rs"));
        assert!(refuses(&WEB_EDGE, "use web_sys::Element;"));
        assert!(!refuses(&WEB_EDGE, "// web_sys would do this."));
    }

    #[test]
    fn database_and_signing_have_one_home() {
        assert!((DATABASE.scope)("crates/server/src/main.rs"));
        assert!((DATABASE.scope)("crates/server/Cargo.toml"));
        assert!(!(DATABASE.scope)("crates/store/src/lib.rs"));
        assert!(refuses(&DATABASE, "use sqlx::Row;"));
        assert!((SECRETS.scope)("crates/server/src/token.rs"));
        assert!(!(SECRETS.scope)("crates/server/src/auth/password.rs"));
        assert!(refuses(&SECRETS, "use argon2::Argon2;"));
    }

    #[test]
    fn a_view_must_not_come_from_a_macro() {
        for line in [
            "view! { <p/> }",
            "leptos::view!{",
            "inner_html=x",
            "<p style=\"x\">",
        ] {
            assert!(refuses(&VIEWS, line), "{line}");
        }
        for line in [
            "v! { <p/> }",
            "<p style:width=x>",
            "preview()",
            "let style = x;",
        ] {
            assert!(!refuses(&VIEWS, line), "{line}");
        }
    }

    #[test]
    fn sinks_are_seen() {
        for line in [
            "a.innerHTML = b",
            "eval(x)",
            "new Function('x')",
            "e.setAttribute('style', x)",
        ] {
            assert!(refuses(&SINKS, line), "{line}");
        }
        assert!(!refuses(&SINKS, "e.setAttribute('class', x); retrieval(x)"));
    }

    #[test]
    fn directions_of_the_screen_are_refused() {
        for line in [
            "  left: 0;",
            "margin-left: 1px",
            "border-top-right-radius:0",
            "a{float: right}",
        ] {
            assert!(refuses(&STYLES, line), "{line}");
        }
        for line in [
            "inset-inline-start: 0;",
            "text-align: start",
            ".bright: hover",
            "--copyright: 1",
        ] {
            assert!(!refuses(&STYLES, line), "{line}");
        }
    }

    #[test]
    fn places_on_a_machine_are_seen() {
        assert!(refuses(&PLACES, concat!("see /wo", "rk/main/x")));
        assert!(refuses(&PLACES, concat!("// \"/ho", "me/user\"")));
        assert!(!refuses(
            &PLACES,
            concat!("examples/wo", "rk/x and https://a.b/ro", "ot/")
        ));
    }
}
