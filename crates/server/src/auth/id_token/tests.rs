use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256,
    RSA_PSS_SHA256, RsaPublicKeyComponents,
};
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};

use super::{Expected, IdTokenRefused, ProviderKeys, half_hash};

const NOW: i64 = 1_800_000_000;

/// A provider with a key of each kind.
struct Provider {
    rsa: RsaKeyPair,
    ec: EcdsaKeyPair,
    ed: Ed25519KeyPair,
}

impl Provider {
    fn new() -> Self {
        Self {
            rsa: RsaKeyPair::generate(KeySize::Rsa2048).unwrap(),
            ec: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap(),
            ed: Ed25519KeyPair::generate().unwrap(),
        }
    }

    fn published(&self) -> Value {
        let rsa: RsaPublicKeyComponents<Vec<u8>> = self.rsa.public_key().into();
        let (x, y) = self.ec.public_key().as_ref()[1..].split_at(32);
        json!({ "keys": [
            { "kty": "RSA", "kid": "rsa", "use": "sig",
              "n": encode(&rsa.n), "e": encode(&rsa.e) },
            { "kty": "EC", "kid": "ec", "crv": "P-256", "x": encode(x), "y": encode(y) },
            { "kty": "OKP", "kid": "ed", "crv": "Ed25519", "alg": "EdDSA",
              "x": encode(self.ed.public_key().as_ref()) },
            { "kty": "oct", "kid": "oct", "k": encode(b"a secret that everybody can read") },
            { "kty": "RSA", "kid": "enc", "use": "enc",
              "n": encode(&rsa.n), "e": encode(&rsa.e) },
            { "kty": 7 },
        ] })
    }

    fn keys(&self) -> ProviderKeys {
        ProviderKeys::read(&self.published()).unwrap()
    }

    fn sign(&self, header: &Value, claims: &Value) -> String {
        let message = [header, claims]
            .map(|part| encode(part.to_string().as_bytes()))
            .join(".");
        let random = SystemRandom::new();
        let mut of_rsa = vec![0; self.rsa.public_modulus_len()];
        let signature = match header["alg"].as_str().unwrap() {
            "RS256" => {
                let done =
                    self.rsa
                        .sign(&RSA_PKCS1_SHA256, &random, message.as_bytes(), &mut of_rsa);
                done.map(|()| of_rsa).unwrap()
            }
            "PS256" => {
                let done = self
                    .rsa
                    .sign(&RSA_PSS_SHA256, &random, message.as_bytes(), &mut of_rsa);
                done.map(|()| of_rsa).unwrap()
            }
            "ES256" => self
                .ec
                .sign(&random, message.as_bytes())
                .unwrap()
                .as_ref()
                .to_vec(),
            "EdDSA" => self.ed.sign(message.as_bytes()).as_ref().to_vec(),
            _ => Vec::new(),
        };
        [message, encode(&signature)].join(".")
    }
}

fn encode(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

fn claims() -> Value {
    json!({
        "iss": "https://idp.example", "aud": "me", "sub": "1", "nonce": "n",
        "iat": NOW, "exp": NOW + 300,
    })
}

fn with(changes: Value) -> Value {
    let mut claims = claims();
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => claims.as_object_mut().unwrap().remove(name),
            value => claims
                .as_object_mut()
                .unwrap()
                .insert(name.clone(), value.clone()),
        };
    }
    claims
}

fn expected() -> Expected<'static> {
    Expected {
        issuer: "https://idp.example",
        client_id: "me",
        nonce: "n",
        access_token: Some("at"),
        max_age: None,
        now: NOW * 1000,
    }
}

#[test]
fn tokens_of_four_algorithms_are_taken() {
    let provider = Provider::new();
    for (algorithm, kid) in [
        ("RS256", "rsa"),
        ("PS256", "rsa"),
        ("ES256", "ec"),
        ("EdDSA", "ed"),
    ] {
        let hash = match algorithm {
            "EdDSA" => half_hash("at", jsonwebtoken::Algorithm::EdDSA),
            _ => half_hash("at", jsonwebtoken::Algorithm::RS256),
        };
        let claims = with(json!({ "at_hash": hash }));
        for header in [
            json!({ "alg": algorithm, "kid": kid }),
            json!({ "alg": algorithm }),
        ] {
            let token = provider.sign(&header, &claims);
            let read = provider.keys().verify(&token, &expected()).unwrap();
            assert_eq!(read.text("sub"), Some("1"), "{header}");
            // Any other byte, and it is nobody's.
            let forged = provider.sign(&header, &with(json!({ "sub": "2" })));
            let (_, signature) = token.rsplit_once('.').unwrap();
            let (message, _) = forged.rsplit_once('.').unwrap();
            let forged = [message, signature].join(".");
            assert!(
                provider.keys().verify(&forged, &expected()).is_err(),
                "{header}"
            );
        }
    }
}

#[test]
fn a_header_that_chooses_its_own_key_or_none_is_refused() {
    let provider = Provider::new();
    let mac = |secret: &[u8], kid: &str| {
        let mut header = jsonwebtoken::Header::new(jsonwebtoken::Algorithm::HS256);
        header.kid = Some(kid.to_owned());
        let key = jsonwebtoken::EncodingKey::from_secret(secret);
        jsonwebtoken::encode(&header, &claims(), &key).unwrap()
    };
    let public = provider.rsa.public_key().as_der().unwrap();
    let jwk = provider.published()["keys"][0].clone();
    let refused = [
        provider.sign(&json!({ "alg": "none" }), &claims()),
        provider.sign(&json!({ "alg": "None", "kid": "rsa" }), &claims()),
        mac(public.as_ref(), "rsa"),
        mac(jwk.to_string().as_bytes(), "rsa"),
        mac(b"a secret that everybody can read", "oct"),
        provider.sign(&json!({ "alg": "RS256", "kid": "enc" }), &claims()),
        provider.sign(&json!({ "alg": "ES256", "kid": "rsa" }), &claims()),
        provider.sign(
            &json!({ "alg": "RS256", "kid": "rsa", "crit": ["b64"], "b64": false }),
            &claims(),
        ),
        Provider::new().sign(
            &json!({ "alg": "RS256", "kid": "rsa", "jwk": jwk }),
            &claims(),
        ),
        Provider::new().sign(&json!({ "alg": "ES256" }), &claims()),
        "nonsense".to_owned(),
        String::new(),
    ];
    for token in refused {
        assert!(
            provider.keys().verify(&token, &expected()).is_err(),
            "{token}"
        );
    }
    let unknown = provider.sign(&json!({ "alg": "RS256", "kid": "next" }), &claims());
    let refused = provider.keys().verify(&unknown, &expected());
    assert_eq!(refused, Err(IdTokenRefused::UnknownKey));
    // Two keys would do, and it does not say which.
    let mut twice = provider.published();
    let more = Provider::new().published()["keys"][1].clone();
    twice["keys"].as_array_mut().unwrap().push(more);
    let token = provider.sign(&json!({ "alg": "ES256" }), &claims());
    let refused = ProviderKeys::read(&twice)
        .unwrap()
        .verify(&token, &expected());
    assert!(matches!(refused, Err(IdTokenRefused::Invalid(_))));
}

#[test]
fn every_claim_must_be_right() {
    let provider = Provider::new();
    let verify = |claims: &Value, expected: &Expected<'_>| {
        let token = provider.sign(&json!({ "alg": "EdDSA", "kid": "ed" }), claims);
        provider.keys().verify(&token, expected).map(|_| ())
    };
    for good in [
        json!({}),
        json!({ "aud": ["me"] }),
        json!({ "aud": ["me", "other"], "azp": "me" }),
        json!({ "exp": NOW - 59 }),
        json!({ "iat": NOW + 59, "nbf": NOW + 59 }),
    ] {
        assert_eq!(verify(&with(good.clone()), &expected()), Ok(()), "{good}");
    }
    for bad in [
        json!({ "iss": "https://idp.example/" }),
        json!({ "iss": null }),
        json!({ "aud": "other" }),
        json!({ "aud": ["other"] }),
        json!({ "aud": ["me", "other"] }),
        json!({ "aud": ["me", "other"], "azp": "other" }),
        json!({ "aud": null }),
        json!({ "azp": "other" }),
        json!({ "exp": NOW - 60 }),
        json!({ "exp": null }),
        json!({ "exp": "never" }),
        json!({ "iat": NOW + 61 }),
        json!({ "iat": null }),
        json!({ "nbf": NOW + 61 }),
        json!({ "nbf": "soon" }),
        json!({ "nonce": "other" }),
        json!({ "nonce": null }),
        json!({ "at_hash": half_hash("another", jsonwebtoken::Algorithm::EdDSA) }),
        json!({ "at_hash": 7 }),
        json!({ "sub": "" }),
        json!({ "sub": null }),
        json!({ "sub": 7 }),
        json!({ "sub": "x".repeat(256) }),
        json!({ "sub": "a\nb" }),
    ] {
        let refused = verify(&with(bad.clone()), &expected());
        assert!(matches!(refused, Err(IdTokenRefused::Invalid(_))), "{bad}");
    }
    let recent = Expected {
        max_age: Some(100),
        ..expected()
    };
    assert!(verify(&claims(), &recent).is_err());
    assert!(verify(&with(json!({ "auth_time": NOW - 161 })), &recent).is_err());
    assert_eq!(
        verify(&with(json!({ "auth_time": NOW - 100 })), &recent),
        Ok(())
    );
}
