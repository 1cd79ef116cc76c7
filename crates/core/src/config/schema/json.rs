//! A JSON Schema of a config, in the dialect of 2020-12.

use crate::config::spec::{CONFIG, Named, Opt, Shape, Spec};
use crate::value::{Object, Value};

/// The schema of a config. It accepts every config that the box accepts; the
/// box may refuse what fits the schema: it reads conditions, and compares.
pub fn json_schema() -> Value {
    let mut definitions = Object::new();
    definitions.insert("Words", words());
    let config = object(&CONFIG, &mut definitions);
    let mut schema = Object::new();
    schema.insert("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.insert("title", CONFIG.name);
    schema.insert("description", CONFIG.about);
    for (key, value) in config.iter() {
        schema.insert(key, value.clone());
    }
    schema.insert("$defs", definitions);
    schema.into()
}

/// A text, or one for each language.
fn words() -> Object {
    let mut texts = of_type("object");
    texts.insert("additionalProperties", of_type("string"));
    texts.insert("minProperties", 1);
    any_of(vec![of_type("string").into(), texts.into()])
}

fn object(spec: &'static Spec, definitions: &mut Object) -> Object {
    let mut options: Vec<&Opt> = spec.options.iter().collect();
    let more = spec.base.into_iter().flat_map(|base| base.options);
    options.extend(more.filter(|option| !spec.names.contains(&option.name)));
    let mut properties = Object::new();
    for option in &options {
        let shape = shape(&option.shape, definitions);
        let about = match (&shape, option.about) {
            (None, about) => [about, " A function, which JSON cannot say."].concat(),
            (Some(_), about) => about.to_owned(),
        };
        let mut schema = match option.required {
            true => shape.unwrap_or_default(),
            false => or_null(shape),
        };
        if !about.is_empty() {
            schema.insert("description", about);
        }
        properties.insert(option.name, schema);
    }
    let required = options.iter().filter(|option| option.required);
    let required: Vec<Value> = required.map(|option| option.name.into()).collect();
    let mut schema = of_type("object");
    schema.insert("properties", properties);
    if !required.is_empty() {
        schema.insert("required", required);
    }
    schema.insert("additionalProperties", false);
    schema
}

/// The schema of a shape; `None` for a function, which JSON cannot say.
fn shape(shape: &Shape, definitions: &mut Object) -> Option<Object> {
    Some(match shape {
        Shape::Any => Object::new(),
        Shape::Text => of_type("string"),
        Shape::Words => reference("Words"),
        Shape::Bool => of_type("boolean"),
        Shape::Number => of_type("number"),
        Shape::Whole(max) => {
            let mut schema = of_type("integer");
            schema.insert("minimum", 0);
            schema.insert("maximum", *max);
            schema
        }
        Shape::OneOf(texts) => {
            let texts: Vec<Value> = texts.iter().map(|text| (*text).into()).collect();
            [("enum", texts)].into_iter().collect()
        }
        Shape::List(item) => {
            let item = self::shape(item, definitions)?;
            let mut schema = of_type("array");
            schema.insert("items", item);
            schema
        }
        Shape::Map(value) => {
            let value = self::shape(value, definitions);
            let mut schema = of_type("object");
            schema.insert("additionalProperties", or_null(value));
            schema
        }
        Shape::Object(spec) => define_object(spec, definitions),
        Shape::Named(named) => define(named, definitions),
        Shape::Either(shapes) => {
            let shapes = shapes.iter();
            let shapes = shapes.filter_map(|shape| self::shape(shape, definitions));
            any_of(shapes.map(Value::from).collect())
        }
        Shape::Function(_) => return None,
    })
}

fn define_object(spec: &'static Spec, definitions: &mut Object) -> Object {
    if definitions.get(spec.name).is_none() {
        // First the name: what is inside may refer to it.
        definitions.insert(spec.name, Value::Null);
        let mut schema = object(spec, definitions);
        schema.insert("description", spec.about);
        definitions.insert(spec.name, schema);
    }
    reference(spec.name)
}

fn define(named: &'static Named, definitions: &mut Object) -> Object {
    if definitions.get(named.name).is_none() {
        definitions.insert(named.name, Value::Null);
        let mut schema = shape(&named.shape, definitions).unwrap_or_default();
        schema.insert("description", named.about);
        definitions.insert(named.name, schema);
    }
    reference(named.name)
}

/// `null` is the same as nothing.
fn or_null(schema: Option<Object>) -> Object {
    let Some(mut schema) = schema else {
        return of_type("null");
    };
    if schema.is_empty() {
        return schema;
    }
    let null = || Value::from(of_type("null"));
    if let Some(name) = schema.text("type").map(str::to_owned) {
        schema.insert("type", vec![Value::from(name), "null".into()]);
        return schema;
    }
    for (key, nothing) in [("enum", Value::Null), ("anyOf", null())] {
        if let Some(Value::List(mut values)) = schema.get(key).cloned() {
            values.push(nothing);
            schema.insert(key, values);
            return schema;
        }
    }
    any_of(vec![schema.into(), null()])
}

fn any_of(schemas: Vec<Value>) -> Object {
    [("anyOf", schemas)].into_iter().collect()
}

fn of_type(name: &str) -> Object {
    [("type", name)].into_iter().collect()
}

fn reference(name: &str) -> Object {
    let place = ["#/$defs/", name].concat();
    [("$ref", place)].into_iter().collect()
}
