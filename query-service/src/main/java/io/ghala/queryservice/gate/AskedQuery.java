package io.ghala.queryservice.gate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The query that a statement runs or, as DESCRIBE, SUMMARIZE, SHOW and EXPLAIN do, tells of: that alone decides whether
 * it passes.
 *
 * @param text what the parser is to look at
 * @param start where {@code text} begins within the statement; -1 when it is not written there as such
 */
record AskedQuery(String text, int start) {
    private static final Pattern PLAN = Pattern.compile("(?is)\\s*EXPLAIN(?:\\s+ANALYZE)?\\s+(.*)");
    private static final Pattern ABOUT = Pattern.compile("(?is)\\s*(?:DESC(?:RIBE)?|SUMMARIZE|SHOW)\\s+(.*)");
    private static final Pattern QUERY = Pattern.compile("(?is)(?:(?:SELECT|FROM|WITH|VALUES)\\b.*|\\(.*)");

    static AskedQuery of(String sql) {
        Matcher plan = PLAN.matcher(sql);
        if (plan.matches() && isQuery(plan)) {
            return new AskedQuery(plan.group(1), plan.start(1));
        }
        Matcher about = ABOUT.matcher(sql);
        if (!about.matches()) {
            return new AskedQuery(sql, 0);
        }
        return isQuery(about)
                ? new AskedQuery(about.group(1), about.start(1))
                : new AskedQuery("FROM " + about.group(1), -1);
    }

    private static boolean isQuery(Matcher words) {
        return QUERY.matcher(words.group(1)).matches();
    }
}
