package org.bitcoinwatchdog.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs the tests of packages again, as on hosts with other languages. Fuzz tests are left out, because they take long.
 */
public final class OtherLocales {
    /** One locale has its own digits. The other has its own lower case of I, and a comma in decimal numbers. */
    public static final List<Locale> ALL = List.of(Locale.forLanguageTag("ar-EG"), Locale.forLanguageTag("tr-TR"));

    private OtherLocales() {
    }

    /**
     * @param packages including those below them; never the caller's
     * @throws AssertionError if a test fails, or if there is none
     */
    public static void run(String... packages) {
        Locale before = Locale.getDefault();
        try {
            for (Locale locale : ALL) {
                Locale.setDefault(locale);
                requireSuccess(locale, summary(packages));
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    private static TestExecutionSummary summary(String... packages) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Arrays.stream(packages).map(DiscoverySelectors::selectPackage).toList())
                .filters(ClassNameFilter.includeClassNamePatterns(".*Test"),
                        ClassNameFilter.excludeClassNamePatterns(".*(Fuzz|Hostile|FullDisk).*")).build();
        LauncherFactory.create().execute(request, listener);
        return listener.getSummary();
    }

    private static void requireSuccess(Locale locale, TestExecutionSummary summary) {
        if (summary.getTestsSucceededCount() == 0 || summary.getTotalFailureCount() > 0) {
            StringWriter failures = new StringWriter();
            summary.printFailuresTo(new PrintWriter(failures), 10);
            throw new AssertionError(summary.getTestsFailedCount() + " of " + summary.getTestsStartedCount() + " tests fail on a host of "
                    + locale + ":" + failures);
        }
    }
}
