package org.bitcoinwatchdog.deploy.text;

/** Text that a terminal only shows: peers choose strings, and a terminal takes orders in them. */
public final class Printable {
    private Printable() {
    }

    /** Control and format characters, line ends aside, become U+FFFD. */
    public static String of(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == '\n' || !unprintable(c) ? c : 0xFFFD)
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }

    private static boolean unprintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
