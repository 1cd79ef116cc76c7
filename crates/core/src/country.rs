//! Countries, by their codes of ISO 3166-1 (alpha-2). Their names are the
//! browser's business, in the language of the person.

/// All 249 codes, two letters each, in the order of the alphabet.
const CODES: &str = "\
    ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBY\
    BZCACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFK\
    FMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIR\
    ISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMK\
    MLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPM\
    PNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTF\
    TGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSYEYTZAZMZW";

/// Every code.
///
/// By `get`: what a slice that panics says of a text brings tables of Unicode
/// and half of `core::fmt` along, four kilobytes of the widget.
pub fn codes() -> impl Iterator<Item = &'static str> {
    (0..CODES.len() / 2).filter_map(|place| CODES.get(place * 2..place * 2 + 2))
}

/// Whether a text is a code.
pub fn is_code(text: &str) -> bool {
    codes().any(|code| code == text)
}

#[cfg(test)]
mod tests {
    use super::{codes, is_code};

    #[test]
    fn there_are_as_many_as_the_standard_has() {
        assert_eq!(codes().count(), 249);
        assert!(codes().is_sorted());
        assert!(is_code("DE") && !is_code("de") && !is_code("UK"));
    }
}
