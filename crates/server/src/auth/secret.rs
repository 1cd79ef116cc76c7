//! Random ids and secrets, and what is kept of a secret.

use aws_lc_rs::{constant_time, digest, rand};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use latchlet_store::Digest;

use crate::fault::Fault;

/// An id that nobody can guess: 128 random bits in hexadecimal.
pub fn id() -> Result<String, Fault> {
    Ok(HEXLOWER.encode(&random::<16>()?))
}

/// A secret for a client to hold: 256 random bits in base64url.
pub fn secret() -> Result<String, Fault> {
    Ok(BASE64URL_NOPAD.encode(&random::<32>()?))
}

/// A code for a person to type: so many decimal digits, each as likely.
pub fn digits(number: usize) -> Result<String, Fault> {
    let mut digits = String::with_capacity(number);
    while digits.len() < number {
        // 250 is the greatest multiple of ten that a byte counts to.
        for byte in random::<16>()?.into_iter().filter(|byte| *byte < 250) {
            if digits.len() < number {
                digits.push(char::from(b'0' + byte % 10));
            }
        }
    }
    Ok(digits)
}

/// A SHA-256. Of a secret it is all that is kept.
pub fn digest(of: impl AsRef<[u8]>) -> Digest {
    let hash = digest::digest(&digest::SHA256, of.as_ref());
    let mut digest = Digest::default();
    digest.copy_from_slice(hash.as_ref());
    digest
}

/// The id of something that is known by its digest.
pub fn id_of(digest: &Digest) -> String {
    HEXLOWER.encode(&digest[..16])
}

/// A secret that follows from others, each purpose having its own.
pub fn derived(purpose: &str, secrets: [&str; 2]) -> String {
    let [one, other] = secrets;
    BASE64URL_NOPAD.encode(&digest([purpose, one, other].join(".")))
}

/// The challenge of a PKCE verifier (RFC 7636, S256).
pub fn challenge(verifier: &str) -> String {
    challenge_of(&digest(verifier))
}

/// The challenge of a PKCE verifier of which only the digest is known.
pub fn challenge_of(digest: &Digest) -> String {
    BASE64URL_NOPAD.encode(digest)
}

/// Whether a PKCE verifier belongs to a challenge (RFC 7636, S256).
pub fn verifies(verifier: &str, challenge: &str) -> bool {
    is_verifier(verifier) && same(self::challenge(verifier).as_bytes(), challenge.as_bytes())
}

/// Whether a text has the form of a secret of ours, or of the S256 of some
/// verifier: 256 bits in base64url.
pub fn is_challenge(text: &str) -> bool {
    BASE64URL_NOPAD
        .decode(text.as_bytes())
        .is_ok_and(|bytes| bytes.len() == 32)
}

/// Whether two secrets are the same, in a time that does not tell where they
/// differ.
pub fn same(one: &[u8], other: &[u8]) -> bool {
    constant_time::verify_slices_are_equal(one, other).is_ok()
}

fn is_verifier(text: &str) -> bool {
    (43..=128).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

fn random<const N: usize>() -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    rand::fill(&mut bytes).map_err(|_| Fault::Randomness)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::{digits, is_challenge, verifies};

    #[test]
    fn codes_have_their_digits_and_every_digit_comes() {
        let codes: String = (0..200).map(|_| digits(6).unwrap()).collect();
        assert_eq!(codes.len(), 1_200);
        for digit in '0'..='9' {
            let count = codes.matches(digit).count();
            assert!((60..=180).contains(&count), "{digit}: {count}");
        }
    }

    /// The example of RFC 7636, Appendix B.
    #[test]
    fn pkce_by_the_example_of_its_rfc() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        assert!(is_challenge(challenge));
        assert!(verifies(verifier, challenge));
        assert!(!verifies(&verifier[1..], challenge));
        assert!(!verifies(verifier, &challenge[1..]));
        assert!(!is_challenge(&challenge[1..]));
        assert!(!is_challenge(""));
    }
}
