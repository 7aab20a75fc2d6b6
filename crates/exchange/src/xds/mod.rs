//! XDS.b: straight to the DMP. The library makes and reads SOAP messages; the
//! host signs, opens the connection and sends.
//!
//! - `provide`: ITI-41, a set of documents ([`provide_and_register`])
//! - `update`: ITI-57, deletion, archiving, masks ([`update_status`],
//!   [`update_visibility`], [`make_visible`])
//! - `query`: ITI-18, the entry of a document by its identifier ([`find_by_id`])
//! - [`response`]: answers of a registry or a repository
//! - [`signature`]: the signature of a set (XAdES), prepared and put in place
//! - [`vihf`]: the attributes of the assertion that goes with each request
//! - [`soap`]: envelopes and MTOM
//! - [`rules`]: what can be wrong with it
//!
//! Sources: IHE ITI TF-2 §3.18, §3.41, §3.57; PDSm4DMP (transactions TD2, TD3);
//! the DMP client DRIMbox published by the ANS; the guide of the DMP itself is
//! not public.

mod provide;
mod query;
pub mod response;
pub mod rules;
pub mod signature;
pub mod soap;
mod update;
pub mod vihf;

pub use provide::provide_and_register;
pub use query::{find_by_id, read_entries};
pub use response::{RegistryAnswer, RegistryError, RegistryStatus};
pub use signature::{Digest, SetSignature, SignatureOptions, SignedSet};
pub use soap::{Request, Service, SoapOptions};
pub use update::{StatusChange, make_visible, update_status, update_visibility};
