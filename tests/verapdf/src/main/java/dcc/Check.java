package dcc;

import java.io.FileInputStream;
import java.io.InputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * States for each PDF named whether veraPDF finds it PDF/A-1a: one line per file,
 * "true 0 file", then a line for each rule broken.
 */
public final class Check {
    private Check() {}

    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        boolean all = true;
        for (String file : files) {
            try (InputStream in = new FileInputStream(file);
                    PDFAParser parser =
                            Foundries.defaultInstance().createParser(in, PDFAFlavour.PDFA_1_A);
                    PDFAValidator validator =
                            Foundries.defaultInstance()
                                    .createValidator(PDFAFlavour.PDFA_1_A, false)) {
                ValidationResult result = validator.validate(parser);
                all &= result.isCompliant();
                System.out.println(
                        result.isCompliant() + " " + result.getTotalAssertions() + " " + file);
                for (TestAssertion broken : result.getTestAssertions()) {
                    if (broken.getStatus() == TestAssertion.Status.FAILED) {
                        System.out.println(
                                "  "
                                        + broken.getRuleId().getClause()
                                        + " "
                                        + broken.getMessage());
                    }
                }
            }
        }
        System.exit(all ? 0 : 1);
    }
}
