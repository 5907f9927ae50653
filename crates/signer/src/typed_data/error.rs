/// Why a structured message cannot be signed. The sentences are for the makers of the site.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TypedDataError {
    /// More than 200 KiB.
    #[error("the typed data is larger than 200 KiB")]
    TooLarge,
    /// The text is not JSON, or nested too deeply to be read.
    #[error("the typed data is not valid JSON")]
    NotJson,
    /// One of the four parts is absent.
    #[error("the typed data has no \"{0}\"")]
    PartMissing(&'static str),
    /// One of the parts is not an object.
    #[error("\"{0}\" must be an object")]
    PartNotObject(&'static str),
    /// `primaryType` is not a text.
    #[error("\"primaryType\" must be text")]
    PrimaryTypeNotText,
    /// `primaryType` names no type.
    #[error("\"primaryType\" names \"{0}\", which is not among the types")]
    PrimaryTypeUnknown(String),
    /// A key that means something to JavaScript itself.
    #[error("the key \"{0}\" is not allowed")]
    ForbiddenKey(String),
    /// A domain without a declared type has a field that EIP-712 does not know.
    #[error("the domain field \"{0}\" is unknown, and types has no \"EIP712Domain\" that declares it")]
    DomainFieldUnknown(String),
    /// A domain declares the network or the contract with a type of its own, with which it would name none.
    #[error("the domain field \"{0}\" must have the type that EIP-712 gives it")]
    DomainFieldType(String),
    /// More types than any real message has.
    #[error("there are more than {max} types")]
    TooManyTypes {
        /// The limit.
        max: usize,
    },
    /// The name of a type is not an identifier, or is that of a built-in type.
    #[error("\"{0}\" cannot be the name of a type")]
    TypeName(String),
    /// A type is not a list of `{name, type}`.
    #[error("the type \"{0}\" must be a list of fields with a name and a type")]
    TypeNotFields(String),
    /// The name of a field could be mistaken for more than one field.
    #[error("\"{name}\" cannot be the name of a field of \"{of}\"")]
    FieldName {
        /// The type.
        of: String,
        /// The field.
        name: String,
    },
    /// A type has the same field twice.
    #[error("the type \"{of}\" has more than one field \"{name}\"")]
    FieldTwice {
        /// The type.
        of: String,
        /// The field.
        name: String,
    },
    /// The type of a field is neither built in nor declared.
    #[error("the field \"{name}\" of \"{of}\" has the unknown type \"{kind}\"")]
    FieldType {
        /// The type that has the field.
        of: String,
        /// The field.
        name: String,
        /// The type of the field.
        kind: String,
    },
    /// Types that contain each other in a circle.
    #[error("the type \"{0}\" contains itself")]
    Circular(String),
    /// A field of a type is absent from the value, or null.
    #[error("{0} is missing")]
    Missing(String),
    /// A value does not fit its type.
    #[error("{path} must be {expected}")]
    Mismatch {
        /// Where, such as `message.to[0].wallet`.
        path: String,
        /// What would fit.
        expected: String,
    },
    /// The third version of typed data has no lists.
    #[error("{0} is a list, which this version of typed data cannot hold; use eth_signTypedData_v4")]
    ListInV3(String),
    /// The third version of typed data has an empty domain where others would make one up.
    #[error("types has no \"EIP712Domain\", which this version of typed data needs")]
    DomainTypeMissing,
    /// The first version of typed data is a list of `{name, type, value}`.
    #[error("it must be a list of fields, each with a name, a type and a value and nothing else")]
    NotLegacyFields,
    /// More fields than any real message of the first version has.
    #[error("there are more than {max} fields")]
    TooManyLegacyFields {
        /// The limit.
        max: usize,
    },
    /// The name of a field of the first version.
    #[error("\"{0}\" cannot be the name of a field")]
    LegacyFieldName(String),
    /// The first version has the same field twice.
    #[error("there is more than one field \"{0}\"")]
    LegacyFieldTwice(String),
    /// The first version has neither lists nor types of its own.
    #[error("the field \"{name}\" has the type \"{kind}\", which this version of typed data cannot hold")]
    LegacyFieldType {
        /// The field.
        name: String,
        /// The type of the field.
        kind: String,
    },
    /// The first version joins names and types without a mark between them.
    #[error("a name looks like a field of its own, so that the fields could be read in more than one way")]
    AmbiguousNames,
    /// The first version joins values without a mark between them.
    #[error(
        "it has more than one value of any length, so that they could be read in more than one way; use eth_signTypedData_v4"
    )]
    AmbiguousValues,
    /// Values inside values inside values.
    #[error("{0} is nested too deeply")]
    TooDeep(String),
}
