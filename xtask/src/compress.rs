//! A file as it travels: as it is, by gzip, by Brotli.

use std::io::Write;

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;

/// The slowest and smallest setting: files are compressed once per build.
const BROTLI_QUALITY: i32 = 11;
const BROTLI_WINDOW: i32 = 22;

pub fn gzip(raw: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(raw)?;
    Ok(encoder.finish()?)
}

pub fn brotli(raw: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        lgwin: BROTLI_WINDOW,
        size_hint: raw.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*raw, &mut compressed, &parameters)?;
    Ok(compressed)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_was_compressed_comes_back() {
        let raw = "I <3 cats & \"x<y\" 日本 <語>".repeat(100).into_bytes();

        let mut by_gzip = Vec::new();
        let gzipped = gzip(&raw).unwrap();
        flate2::read::GzDecoder::new(&*gzipped)
            .read_to_end(&mut by_gzip)
            .unwrap();
        assert_eq!(by_gzip, raw);

        let mut by_brotli = Vec::new();
        brotli::BrotliDecompress(&mut &*brotli(&raw).unwrap(), &mut by_brotli).unwrap();
        assert_eq!(by_brotli, raw);
    }
}
