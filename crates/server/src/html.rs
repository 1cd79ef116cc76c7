//! HTML that is built, never pasted: what is text can only become text.
//!
//! The names of elements and attributes are the program's own (`&'static`);
//! everything else is escaped when it is put in.

/// A piece of a document.
#[derive(Clone, Debug, Default)]
pub struct Html(String);

impl Html {
    /// A text.
    pub fn text(text: &str) -> Self {
        let mut html = String::with_capacity(text.len());
        escape(text, &mut html);
        Self(html)
    }

    /// An element with attributes and content.
    pub fn element(
        name: &'static str,
        attributes: &[(&'static str, &str)],
        content: impl IntoIterator<Item = Self>,
    ) -> Self {
        let mut html = Self::void(name, attributes).0;
        for piece in content {
            html.push_str(&piece.0);
        }
        html.push_str("</");
        html.push_str(name);
        html.push('>');
        Self(html)
    }

    /// An element that has no end tag, such as `input`.
    pub fn void(name: &'static str, attributes: &[(&'static str, &str)]) -> Self {
        let mut html = String::from("<");
        html.push_str(name);
        for (attribute, value) in attributes {
            html.push(' ');
            html.push_str(attribute);
            html.push_str("=\"");
            escape(value, &mut html);
            html.push('"');
        }
        html.push('>');
        Self(html)
    }

    /// A whole document in English.
    pub fn document(head: impl IntoIterator<Item = Self>, body: Self) -> String {
        let head = Self::element("head", &[], head);
        let root = Self::element("html", &[("lang", "en")], [head, body]);
        ["<!doctype html>\n", &root.0, "\n"].concat()
    }
}

/// What stands for itself in text and in a quoted attribute alike.
fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Html;

    #[test]
    fn nothing_that_is_put_in_becomes_markup() {
        let hostile = "</p><script>'\"&amp;";
        let html = Html::element("p", &[("title", hostile)], [Html::text(hostile)]).0;
        let escaped = "&lt;/p&gt;&lt;script&gt;&#39;&quot;&amp;amp;";
        assert_eq!(html, format!("<p title=\"{escaped}\">{escaped}</p>"));
    }
}
