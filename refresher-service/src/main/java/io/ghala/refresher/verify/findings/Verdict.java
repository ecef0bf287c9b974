package io.ghala.refresher.verify.findings;

import java.util.List;

/**
 * What a verification found.
 *
 * @param differences empty when all agree
 * @param notes what was not compared, and why
 * @param summary one line that says what agrees
 */
public record Verdict(List<Difference> differences, List<String> notes, String summary) {
    public Verdict {
        differences = List.copyOf(differences);
        notes = List.copyOf(notes);
    }
}
