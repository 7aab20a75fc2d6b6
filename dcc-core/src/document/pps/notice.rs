//! *Information sur les données personnelles vous concernant*, as the volet
//! CANCER-PPS 2022.01 words it.

/// The words that an establishment may adapt, under its responsibility.
pub const PROVIDER_NOTICE: &str = "Les établissements ou professionnels de santé qui mettent en œuvre votre programme thérapeutique et votre suivi, ainsi que ceux qui assurent vos soins oncologiques de support, collectent, pour accomplir leur travail, des données concernant votre santé et votre identité. Ces données sont couvertes par le secret médical et sont strictement confidentielles. Elles sont utilisées sous la responsabilité de ces établissements ou professionnels de santé que vous pouvez solliciter pour être plus informé ou pour exercer vos droits sur vos données.";

/// The words of the INCa, that always follow.
pub const INCA_NOTICE: [&str; 3] = [
    "Des acteurs de la santé publique sont autorisés à réutiliser certaines de vos données dans le cadre de projets de recherche pour, par exemple, améliorer les connaissances sur les causes de cancer, étudier le parcours et la qualité des soins, évaluer les dispositifs de lutte contre le cancer et, plus largement, conduire des études pour améliorer la prise en charge des patients.",
    "Dans ce cadre et, sauf opposition de votre part, elles pourront être transmises à certains de ces acteurs, notamment, aux registres des cancers de votre région et à l’Institut national du cancer (INCa). Elles pourront ainsi être transférées vers la plateforme de données en cancérologie de l’INCa et, éventuellement, être reliées aux données du Système national des données de santé (SNDS) qui comporte notamment des données de l’assurance maladie et de l’activité hospitalière.",
    "Pour plus d’information sur les registres des cancers, la plateforme des données en cancérologie de l’INCa et sur l’exercice de vos droits, vous pouvez consulter son site http://lesdonnees.e-cancer.fr",
];
