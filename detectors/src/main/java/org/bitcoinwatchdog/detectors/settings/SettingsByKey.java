package org.bitcoinwatchdog.detectors.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settings by their keys in the configuration, in the configuration's order. Beside a record's components their keys stand
 * among the record's own.
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
