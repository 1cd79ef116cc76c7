//! The Management API.

use super::operation::{JSON, MANAGEMENT, Operation, any, delete, get, patch, post};
use crate::routes::management::caller::{CREATE, DELETE, READ, Scopes, UPDATE};
use crate::routes::management::query::FIELDS;
use crate::routes::management::{clients, jobs, search, users};
use crate::routes::{consents, unserved};

const ONE: &str = "/api/v2/users/{id}";

pub fn operations() -> Vec<Operation> {
    let mut operations = users();
    operations.push(change());
    operations.extend(clients());
    operations.push(letter());
    let nothing = "What is not served of this API.";
    let nothing = any("/api/v2/{*rest}", unserved::management, nothing);
    operations.extend(nothing.map(|it| {
        it.of(MANAGEMENT)
            .refuses(MANAGEMENT, 404, &["endpoint_disabled"])
    }));
    operations
}

fn users() -> Vec<Operation> {
    let (add, found) = ("Adds a user.", "Everybody with an address.");
    let (erase, said) = ("Erases a user.", "What somebody said to consents.");
    vec![
        of_application(
            get("/api/v2/users", search::list, "Users, the oldest first."),
            READ.application,
        )
        .query(&search::LIST)
        .json(200, "The users of a page.", "Users")
        .refuses(MANAGEMENT, 400, &["invalid_query_string", "invalid_paging"]),
        of_application(
            post("/api/v2/users", users::post, add).takes(&[JSON], "NewUser"),
            CREATE,
        )
        .json(201, "The new user.", "User")
        .refuses(
            MANAGEMENT,
            400,
            &[
                "inexistent_connection",
                "invalid_body",
                "invalid_password",
                "invalid_request",
            ],
        )
        .refuses(MANAGEMENT, 409, &["auth0_idp_error"]),
        of_application(
            get("/api/v2/users-by-email", search::by_email, found),
            READ.application,
        )
        .query(&search::BY_EMAIL)
        .json(200, "The users.", "UserList")
        .refuses(MANAGEMENT, 400, &["invalid_query_string"]),
        guarded(get(ONE, users::get, "A profile."), &READ)
            .query(&FIELDS)
            .json(200, "The profile, or fields of it.", "User")
            .refuses(MANAGEMENT, 400, &["invalid_query_string", "invalid_uri"])
            .refuses(MANAGEMENT, 404, &["inexistent_user"]),
        of_application(delete(ONE, users::delete, erase), DELETE)
            .empty(204, "The user is gone.")
            .refuses(MANAGEMENT, 400, &["invalid_uri"]),
        guarded(
            get("/api/v2/users/{id}/consents", consents::list, said),
            &READ,
        )
        .json(200, "The records, in order.", "Consents")
        .refuses(MANAGEMENT, 400, &["invalid_uri"])
        .refuses(MANAGEMENT, 404, &["inexistent_user"]),
    ]
}

fn change() -> Operation {
    let patch = patch(ONE, users::patch, "Changes a user, or one's own metadata.");
    guarded(patch.takes(&[JSON], "UserChange"), &UPDATE)
        .json(200, "The whole profile.", "User")
        .refuses(
            MANAGEMENT,
            400,
            &[
                "auth0_idp_error",
                "invalid_body",
                "invalid_idempotency_key",
                "invalid_password",
                "invalid_request",
                "invalid_uri",
                "invalid_user_metadata",
            ],
        )
        .refuses(MANAGEMENT, 403, &["insufficient_scope", "not_writable"])
        .refuses(MANAGEMENT, 404, &["inexistent_user"])
        .refuses(MANAGEMENT, 409, &["idempotency_key_in_use"])
        .refuses(MANAGEMENT, 422, &["idempotency_key_reused"])
}

fn letter() -> Operation {
    let post = post(
        "/api/v2/jobs/verification-email",
        jobs::verification_email,
        "Has a letter sent about an address.",
    );
    of_application(
        post.takes(&[JSON], "VerificationEmailRequest"),
        jobs::SCOPES,
    )
    .json(201, "The letter is on its way.", "Job")
    .refuses(
        MANAGEMENT,
        400,
        &["invalid_body", "invalid_request", "invalid_uri"],
    )
    .refuses(MANAGEMENT, 404, &["inexistent_user"])
    .refuses(MANAGEMENT, 501, &["mail_not_configured"])
}

fn clients() -> [Operation; 2] {
    let list = get("/api/v2/clients", clients::list, "The applications.");
    let one = get("/api/v2/clients/{id}", clients::get, "An application.");
    [
        of_application(list, clients::SCOPES)
            .query(&clients::LIST)
            .json(200, "The applications of a page.", "Clients")
            .refuses(MANAGEMENT, 400, &["invalid_query_string", "invalid_paging"]),
        of_application(one, clients::SCOPES)
            .query(&FIELDS)
            .json(200, "The application, without its secret.", "Client")
            .refuses(MANAGEMENT, 400, &["invalid_query_string"])
            .refuses(MANAGEMENT, 404, &["inexistent_client"]),
    ]
}

/// It wants an application's own token.
fn of_application(operation: Operation, application: &'static [&'static str]) -> Operation {
    let person = &[];
    guarded(
        operation,
        &Scopes {
            application,
            person,
        },
    )
}

/// It wants a token with one of these scopes.
fn guarded(operation: Operation, scopes: &Scopes) -> Operation {
    let none = "There is no token that is good here.";
    operation
        .secured(&[scopes.application, scopes.person].concat())
        .of(MANAGEMENT)
        .json(401, none, "ManagementError")
        .refuses(MANAGEMENT, 403, &["insufficient_scope"])
}
