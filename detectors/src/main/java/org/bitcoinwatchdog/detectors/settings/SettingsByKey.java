package org.bitcoinwatchdog.detectors.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settings by their keys in the configuration, in the configuration's order. The keys of a nested record's components
 * stand among those of the outer record.
 *
 * @param values records, or again {@code SettingsByKey}
 */
public record SettingsByKey(Map<String, Object> values) {
    public SettingsByKey {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The same with another value of one key. */
    public SettingsByKey with(String key, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(values);
        changed.put(key, value);
        return new SettingsByKey(changed);
    }
}
