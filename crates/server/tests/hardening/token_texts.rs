//! Texts that are nearly a token, and tokens where none is looked for.

use data_encoding::BASE64URL_NOPAD;
use serde_json::json;

use crate::forge::with;
use crate::harness::Reply;
use crate::jwt::stage;

#[tokio::test]
async fn texts_that_are_nearly_a_token() {
    let stage = stage().await;
    let token = &stage.token;
    let parts: Vec<&str> = token.split('.').collect();
    let [header, claims, signature] = parts[..] else {
        unreachable!()
    };
    let flipped = |at: usize| {
        let mut bytes = BASE64URL_NOPAD.decode(signature.as_bytes()).unwrap();
        bytes[at] ^= 1;
        format!("{header}.{claims}.{}", BASE64URL_NOPAD.encode(&bytes))
    };
    // The last character of a signature of 256 bytes has four bits of no
    // meaning.
    let last = signature.chars().last().unwrap();
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let place = alphabet.find(last).unwrap();
    let sibling = &alphabet[place + 1..place + 2];
    let without_last = &token[..token.len() - 1];
    for (what, token) in [
        ("one character less", without_last.to_owned()),
        ("bits of no meaning", format!("{without_last}{sibling}")),
        ("one character more", format!("{token}A")),
        ("four characters more", format!("{token}AAAA")),
        ("padding", format!("{token}==")),
        ("padding inside", format!("{header}=.{claims}.{signature}")),
        ("a space inside", format!("{header} .{claims}.{signature}")),
        ("a tab inside", format!("{header}\t.{claims}.{signature}")),
        ("the standard alphabet", token.replace(['-', '_'], "+")),
        ("a bit of the signature", flipped(0)),
        ("the last bit of it", flipped(255)),
        ("no signature", format!("{header}.{claims}.")),
        ("two parts", format!("{header}.{claims}")),
        ("four parts", format!("{token}.{signature}")),
        ("five parts", format!("{token}.{signature}.{signature}")),
        (
            "parts in another order",
            format!("{claims}.{header}.{signature}"),
        ),
        ("nothing but dots", "..".to_owned()),
        ("nothing", String::new()),
        ("a word", "token".to_owned()),
        ("percent signs", token.replace('.', "%2e")),
        ("JSON", stage.claims.to_string()),
        (
            "20 KB",
            format!("{}.{claims}.{signature}", "A".repeat(20_000)),
        ),
    ] {
        stage.refused(what, &token).await;
    }
    let sub = &stage.claims["sub"];
    let text = stage.claims.to_string();
    let body = text.trim_end_matches('}');
    let head = stage.header.to_string();
    let head_body = head.trim_end_matches('}');
    for (what, header, claims) in [
        (
            "a claim twice",
            head.clone(),
            format!("{body},\"sub\":{sub}}}"),
        ),
        (
            "exp twice",
            head.clone(),
            format!("{body},\"exp\":9999999999}}"),
        ),
        (
            "alg twice",
            format!("{head_body},\"alg\":\"RS256\"}}"),
            text.clone(),
        ),
        (
            "kid twice",
            format!("{head_body},\"kid\":\"{}\"}}", stage.forge.kid),
            text.clone(),
        ),
        (
            "a mark of byte order",
            format!("\u{feff}{head}"),
            text.clone(),
        ),
        (
            "more after the claims",
            head.clone(),
            format!("{text}{text}"),
        ),
        ("claims that are a list", head.clone(), format!("[{text}]")),
        (
            "claims that are a text",
            head.clone(),
            json!(text).to_string(),
        ),
        (
            "claims of great depth",
            head.clone(),
            "[".repeat(20_000 / 2),
        ),
        ("a header of great depth", "[".repeat(10_000), text.clone()),
        ("no claims", head.clone(), String::new()),
        ("null", head.clone(), "null".to_owned()),
    ] {
        stage
            .refused(what, &stage.forge.sign(&header, &claims))
            .await;
    }
    // A token within a token.
    let nested = stage
        .forge
        .sign(&with(&stage.header, json!({ "cty": "JWT" })), token);
    stage.refused("a token within a token", &nested).await;
}

/// A token stands in one header, of one scheme.
#[tokio::test]
async fn tokens_in_another_place() {
    let stage = stage().await;
    let (server, token) = (&stage.server, &stage.token);
    let basic = server
        .navigate("/userinfo")
        .header("authorization", format!("Basic {token}"));
    let bare = server.navigate("/userinfo").header("authorization", token);
    let cookie = server
        .navigate("/userinfo")
        .header("cookie", format!("access_token={token}"));
    let bytes = server
        .navigate("/userinfo")
        .header("authorization", &b"Bearer \xff\xfe"[..]);
    let huge = server.navigate("/userinfo").bearer_auth("A".repeat(25_000));
    for request in [basic, bare, cookie, bytes, huge] {
        let reply = Reply::of(request.send().await.unwrap()).await;
        assert_eq!(reply.status, 401, "{}", reply.text);
    }
}
