//! Reading a pattern into its parts.

use crate::gather::Gather;

/// A part of a pattern.
#[derive(Clone, Debug)]
pub enum Part {
    /// One character out of a set.
    One(Set),
    /// Parts one after the other.
    Chain(Vec<Part>),
    /// One of some parts.
    Either(Vec<Part>),
    /// A part so many times; without end, if there is no most.
    Repeat(Box<Part>, u32, Option<u32>),
    /// The start of the text.
    Start,
    /// Its end.
    End,
}

/// A set of characters: ranges, or everything but them.
#[derive(Clone, Debug, Default)]
pub struct Set {
    /// From and to, both in it.
    pub ranges: Vec<(char, char)>,
    /// Whether it is everything else.
    pub negated: bool,
}

impl Set {
    /// Whether a character is in it.
    pub fn has(&self, c: char) -> bool {
        let listed = self
            .ranges
            .iter()
            .any(|(from, to)| (*from..=*to).contains(&c));
        listed != self.negated
    }
}

/// How deep groups go, and how often a part can be repeated by number.
const MAX_DEPTH: u32 = 50;
const MAX_COUNT: u32 = 1_000;

/// Reads a pattern.
pub fn parse(source: &str) -> Result<Part, &'static str> {
    let mut reader = Reader {
        rest: source.chars().rev().gather(),
        depth: 0,
    };
    let part = reader.either()?;
    match reader.rest.is_empty() {
        true => Ok(part),
        false => Err("a `)` closes nothing: write `\\)` for the character"),
    }
}

struct Reader {
    /// What is left, the next character last.
    rest: Vec<char>,
    depth: u32,
}

impl Reader {
    fn next_is(&self, c: char) -> bool {
        self.rest.last() == Some(&c)
    }

    fn take(&mut self, c: char) -> bool {
        let is_it = self.next_is(c);
        if is_it {
            self.rest.pop();
        }
        is_it
    }

    fn either(&mut self) -> Result<Part, &'static str> {
        let mut branches = vec![self.chain()?];
        while self.take('|') {
            branches.push(self.chain()?);
        }
        Ok(Part::Either(branches))
    }

    fn chain(&mut self) -> Result<Part, &'static str> {
        let mut parts = Vec::new();
        while let Some(c) = self.rest.last().copied() {
            if c == '|' || c == ')' {
                break;
            }
            self.rest.pop();
            let part = self.atom(c)?;
            parts.push(self.repeated(part)?);
        }
        Ok(Part::Chain(parts))
    }

    fn atom(&mut self, c: char) -> Result<Part, &'static str> {
        Ok(match c {
            '(' => self.group()?,
            '[' => Part::One(self.class()?),
            '.' => Part::One(Set {
                ranges: vec![('\n', '\n')],
                negated: true,
            }),
            '^' => Part::Start,
            '$' => Part::End,
            '\\' => Part::One(self.escape()?),
            '*' | '+' | '?' | '{' => return Err("there is nothing to repeat here"),
            c => Part::One(single(c)),
        })
    }

    fn group(&mut self) -> Result<Part, &'static str> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err("groups go at most 50 deep");
        }
        if self.take('?') && !self.take(':') {
            return Err("of the groups that start with `(?`, only `(?:` is known");
        }
        let part = self.either()?;
        self.depth -= 1;
        match self.take(')') {
            true => Ok(part),
            false => Err("a group is not closed"),
        }
    }

    fn repeated(&mut self, part: Part) -> Result<Part, &'static str> {
        let mut part = part;
        loop {
            let (least, most) = match self.rest.last() {
                Some('*') => (0, None),
                Some('+') => (1, None),
                Some('?') => (0, Some(1)),
                Some('{') => {
                    self.rest.pop();
                    let counts = self.counts()?;
                    // The first character behind it was taken as well.
                    self.rest.push('}');
                    counts
                }
                _ => return Ok(part),
            };
            self.rest.pop();
            // Which of several matches is found makes no difference here.
            self.take('?');
            part = Part::Repeat(Box::new(part), least, most);
        }
    }

    fn counts(&mut self) -> Result<(u32, Option<u32>), &'static str> {
        const WRONG: &str = "write repetitions as `{2}`, `{2,}` or `{2,5}`, up to 1,000";
        let least = self.number().ok_or(WRONG)?;
        let most = match self.take(',') {
            false => Some(least),
            true if self.next_is('}') => None,
            true => Some(self.number().ok_or(WRONG)?),
        };
        if !self.take('}') || most.is_some_and(|most| most < least) {
            return Err(WRONG);
        }
        Ok((least, most))
    }

    fn number(&mut self) -> Option<u32> {
        let mut number = None;
        while let Some(digit) = self.rest.last().and_then(|c| c.to_digit(10)) {
            self.rest.pop();
            number = Some(number.unwrap_or(0) * 10 + digit);
            if number > Some(MAX_COUNT) {
                return None;
            }
        }
        number
    }

    fn class(&mut self) -> Result<Set, &'static str> {
        const OPEN: &str = "a class in brackets is not closed";
        let negated = self.take('^');
        let mut ranges = Vec::new();
        let mut first = true;
        loop {
            let c = self.rest.pop().ok_or(OPEN)?;
            let from = match c {
                ']' if !first => return Ok(Set { ranges, negated }),
                '[' => return Err("write `\\[` for a bracket inside brackets"),
                '\\' => {
                    let set = self.escape()?;
                    if set.negated {
                        return Err("`\\D`, `\\W` and `\\S` cannot stand in brackets");
                    }
                    match set.ranges[..] {
                        [(one, same)] if one == same => one,
                        _ => {
                            ranges.extend(set.ranges);
                            first = false;
                            continue;
                        }
                    }
                }
                '&' | '~' | '-' if self.next_is(c) => {
                    return Err("write `\\&`, `\\~` or `\\-` for two of them in brackets");
                }
                c => c,
            };
            first = false;
            let is_range = self.next_is('-') && self.rest.iter().rev().nth(1) != Some(&']');
            if !is_range {
                ranges.push((from, from));
                continue;
            }
            self.rest.pop();
            let to = match self.rest.pop().ok_or(OPEN)? {
                '\\' => match self.escape()?.ranges[..] {
                    [(one, same)] if one == same => one,
                    _ => return Err("a range ends with one character"),
                },
                '[' | '-' => return Err("a range ends with one character"),
                c => c,
            };
            if to < from {
                return Err("a range goes from the lower character to the higher one");
            }
            ranges.push((from, to));
        }
    }

    /// What stands after a backslash.
    fn escape(&mut self) -> Result<Set, &'static str> {
        let c = self.rest.pop().ok_or("a `\\` has nothing behind it")?;
        let ranges = match c.to_ascii_lowercase() {
            'd' => vec![('0', '9')],
            'w' => vec![('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
            's' => vec![('\t', '\r'), (' ', ' ')],
            _ => {
                let c = match c {
                    't' => '\t',
                    'n' => '\n',
                    'r' => '\r',
                    c if c.is_ascii_punctuation() => c,
                    _ => {
                        return Err(
                            "there is no such escape: `\\d`, `\\w`, `\\s`, `\\t`, `\\n`, `\\r`, and any sign",
                        );
                    }
                };
                return Ok(single(c));
            }
        };
        Ok(Set {
            ranges,
            negated: c.is_ascii_uppercase(),
        })
    }
}

fn single(c: char) -> Set {
    Set {
        ranges: vec![(c, c)],
        negated: false,
    }
}
