//! Many at once, of which one may win.

use std::sync::Arc;

use latchlet_wire::error::code;
use serde_json::json;

use crate::harness::Server;
use crate::limits::unlimited;

/// Ways to write one address: in letters of either case, and with what pasting
/// adds around it; and what only looks like it, in letters of other alphabets. The
/// code by which those are refused that do not win.
fn variants() -> Vec<(String, &'static str)> {
    let mut variants = Vec::new();
    for number in 0..128_u32 {
        let mut address: String = "ada.lovelace@example.com".to_owned();
        let letters: Vec<usize> = (0..7).map(|bit| [0, 1, 4, 6, 13, 16, 21][bit]).collect();
        for (bit, at) in letters.into_iter().enumerate() {
            if number >> bit & 1 == 1 {
                let upper = address[at..=at].to_ascii_uppercase();
                address.replace_range(at..=at, &upper);
            }
        }
        variants.push((address, code::INVALID_SIGNUP));
    }
    let plain = "ada.lovelace@example.com";
    for noise in [
        "\u{200b}", "\u{feff}", " ", "\u{a0}", "\u{2003}", "\n", "\u{202a}", "\u{2060}",
    ] {
        for address in [
            format!("{noise}{plain}"),
            format!("{plain}{noise}"),
            format!("{noise}{}{noise}", plain.to_uppercase()),
        ] {
            variants.push((address, code::INVALID_SIGNUP));
        }
    }
    for foreign in [
        "\u{ff41}da.lovelace@example.com",
        "ada.lovelace@\u{ff45}xample.com",
        "ada.lovelace@example\u{3002}com",
        "\u{430}da.lovelace@example.com",
        "ada.love\u{200b}lace@example.com",
        "ada.lovelac\u{65}\u{301}@example.com",
        "ADA.LOVELACE@EXAMPLE.C\u{39f}M",
        "ada.lovelace@example.com\u{301}",
        "\u{1d4ea}da.lovelace@example.com",
        "ada.lovelace@\u{212f}xample.com",
    ] {
        variants.push((foreign.to_owned(), code::INVALID_EMAIL));
    }
    while variants.len() < 200 {
        variants.push((plain.to_owned(), code::INVALID_SIGNUP));
    }
    variants
}

#[tokio::test(flavor = "multi_thread")]
async fn of_200_sign_ups_with_one_address_one_wins() {
    let server = Arc::new(Server::start_with(unlimited()).await);
    let sign_ups: Vec<_> = variants()
        .into_iter()
        .map(|(email, code)| {
            let server = Arc::clone(&server);
            tokio::spawn(async move {
                loop {
                    let reply = server.sign_up(json!({ "email": email })).await;
                    // So many are not hashed at once; whoever waits asks again.
                    if reply.status != 503 {
                        return (email, code, reply);
                    }
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                }
            })
        })
        .collect();
    let mut won = Vec::new();
    for sign_up in sign_ups {
        let (email, code, reply) = sign_up.await.unwrap();
        match reply.status {
            200 => won.push(reply.json()["_id"].clone()),
            400 => assert_eq!(reply.json()["code"], code, "{email:?}"),
            status => panic!("{email:?}: {status} {}", reply.text),
        }
    }
    assert_eq!(won.len(), 1, "{won:?}");
    assert_eq!(server.store.user_count().await.unwrap(), 1);
    let user = server
        .store
        .user(won[0].as_str().unwrap())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(user.email.as_deref(), Some("ada.lovelace@example.com"));
}

/// The same for user names.
#[tokio::test(flavor = "multi_thread")]
async fn of_many_sign_ups_with_one_user_name_one_wins() {
    let server = Arc::new(Server::start_with(unlimited()).await);
    let sign_ups: Vec<_> = (0..40)
        .map(|number| {
            let server = Arc::clone(&server);
            tokio::spawn(async move {
                let username = if number % 2 == 0 { "ada" } else { " ADA" };
                let email = format!("{number}@example.com");
                let body = json!({
                    "connection": "named", "username": username, "email": email,
                    "password": "Aa1!aaaa",
                });
                server.sign_up(body).await
            })
        })
        .collect();
    let mut won = 0;
    for sign_up in sign_ups {
        let reply = sign_up.await.unwrap();
        won += usize::from(reply.status == 200);
        if reply.status != 200 {
            assert_eq!(reply.json()["code"], "username_exists", "{}", reply.text);
        }
    }
    assert_eq!(won, 1);
}
