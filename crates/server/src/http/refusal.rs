//! Refusals: one type an endpoint can return with `?`, in the shape that its
//! part of the contract has.

use std::marker::PhantomData;

use axum::Json;
use axum::http::header::{CACHE_CONTROL, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use latchlet_core::Value;
use latchlet_store::StoreError;
use latchlet_wire::ApiError;

use crate::fault::Fault;

/// The code of a refusal, beside its reply: it is counted.
#[derive(Clone)]
pub struct ErrorCode(pub String);

/// How a part of the contract writes its refusals.
pub trait Shape {
    /// The body.
    fn write(error: &ApiError, status: StatusCode) -> Value;
}

/// `/dbconnections/*`.
pub struct Legacy;
/// `/dbconnections/change_password`, which has the text in `error` as well.
pub struct ChangePassword;
/// The OAuth endpoints and `/co/authenticate`.
pub struct OAuth;
/// `/api/v2/*`.
pub struct Management;

impl Shape for Legacy {
    fn write(error: &ApiError, _: StatusCode) -> Value {
        error.to_legacy()
    }
}

impl Shape for ChangePassword {
    fn write(error: &ApiError, _: StatusCode) -> Value {
        let mut body = error.to_legacy();
        if let Value::Object(body) = &mut body {
            body.insert("error", error.description.clone());
        }
        body
    }
}

impl Shape for OAuth {
    fn write(error: &ApiError, _: StatusCode) -> Value {
        error.to_oauth()
    }
}

impl Shape for Management {
    fn write(error: &ApiError, status: StatusCode) -> Value {
        error.to_management(status.canonical_reason().unwrap_or_default())
    }
}

/// A refusal, ready to be sent.
pub struct Refusal<S>(Box<Response>, PhantomData<S>);

impl<S> Refusal<S> {
    /// A refusal that is not of the usual shape.
    pub fn of(response: impl IntoResponse) -> Self {
        Self(Box::new(response.into_response()), PhantomData)
    }

    /// With a header more.
    pub fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers_mut().insert(name, value);
        self
    }
}

impl<S> IntoResponse for Refusal<S> {
    fn into_response(self) -> Response {
        *self.0
    }
}

impl<S: Shape> From<ApiError> for Refusal<S> {
    fn from(error: ApiError) -> Self {
        let status =
            StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (
            status,
            [(CACHE_CONTROL, "no-store")],
            Json(S::write(&error, status)),
        )
            .into_response();
        response.extensions_mut().insert(ErrorCode(error.code));
        let soon = matches!(
            status,
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::CONFLICT
        );
        if let Some(seconds) = error.retry_after.or(soon.then_some(2)) {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        Self::of(response)
    }
}

impl<S: Shape> From<Fault> for Refusal<S> {
    fn from(fault: Fault) -> Self {
        ApiError::from(fault).into()
    }
}

impl<S: Shape> From<StoreError> for Refusal<S> {
    fn from(error: StoreError) -> Self {
        Fault::from(error).into()
    }
}
