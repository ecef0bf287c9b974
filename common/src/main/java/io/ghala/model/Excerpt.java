package io.ghala.model;

/** Shortens text from outside before it goes into a message, so that a message stays one readable line. */
public final class Excerpt {
    private static final int LONGEST = 120;

    private Excerpt() {}

    private static boolean loneSurrogate(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    /**
     * At most 120 characters of {@code text}, control characters shown as {@code ?}, with an ellipsis and the length
     * when cut.
     */
    public static String of(String text) {
        StringBuilder out = new StringBuilder();
        int shown = Math.min(text.length(), LONGEST);
        if (shown < text.length() && Character.isHighSurrogate(text.charAt(shown - 1))) {
            shown--;
        }
        for (int i = 0; i < shown; i++) {
            char c = text.charAt(i);
            out.append(Character.isISOControl(c) || loneSurrogate(text, i) ? '?' : c);
        }
        return shown == text.length()
                ? out.toString()
                : out.append("… (").append(text.length()).append(" characters)").toString();
    }
}
