//! What can be wrong with a document at level 1.

use crate::problem::rules;

const N1: &str = "CI-SIS, volet Structuration minimale de documents de santé, corps non structuré";

rules! {
    TYPE: Blocking "N1-TYPE" "Le type du document est obligatoire" N1;
}
