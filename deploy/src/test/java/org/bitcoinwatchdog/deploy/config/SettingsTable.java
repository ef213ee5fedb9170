package org.bitcoinwatchdog.deploy.config;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.Register;
import org.bitcoinwatchdog.detectors.RegisteredRule;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.settings.SettingsByKey;

/** Rows of the reference for a record of settings: key, form, default, meaning. */
final class SettingsTable {
    /** Keys with the same meaning in every rule, unless the rule's record describes them. */
    private static final Map<String, String> SHARED = Map.of(
            "enabled", "false: the rule is off",
            "window", "length of the window",
            "clearAfter", "how long the cause must be gone before the alert resolves",
            "name", "its name; each name is used once",
            "allowPrivate", "whether it may have a loopback, private, link-local or otherwise internal address. Default: no",
            "caFile", "file with the certificates (PEM) to trust for its server, instead of those that Java trusts");

    private final StringBuilder text;
    private final SourceComments comments;
    private final TreeSet<String> undescribed;

    /** @param undescribed collects components that no comment describes */
    SettingsTable(StringBuilder text, SourceComments comments, TreeSet<String> undescribed) {
        this.text = text;
        this.comments = comments;
        this.undescribed = undescribed;
    }

    /** @param defaults without a record of defaults, keys are optional or required */
    void of(Class<?> type, Optional<Object> defaults) {
        head();
        rows("", type, defaults);
    }

    /** The rules of a family that have settings of their own. */
    void rules(Register.Family family, DetectorSettings settings) {
        head();
        for (RegisteredRule<?> rule : Register.rules()) {
            if (rule.family() == family && rule.key().equals(rule.rule().key())) {
                RuleSettings own = settings.of(rule);
                row("**" + rule.key() + "**", "", "", rule.meaning().isEmpty() ? ofRecord(own.getClass()) : rule.meaning());
                rows(rule.key() + ".", own.getClass(), Optional.of(own));
            }
        }
    }

    private void head() {
        text.append("\n| key | form | default | meaning |\n|---|---|---|---|\n");
    }

    void rows(String prefix, Class<?> type, Optional<Object> defaults) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getType() == SettingsByKey.class) {
                Stream.of(Register.Family.values()).forEach(family -> row("`" + family.key() + "`", "below", "", family.meaning()));
                continue;
            }
            String key = prefix + KeySpelling.of(component.getName());
            Optional<Object> value = defaults.map(record -> Reflection.read(component, record));
            if (ConfigurationPage.hasOwnSection(component.getType())) {
                row("`" + key + "`", "below", "", meaning(type, component));
            } else if (component.getType().isRecord()) {
                row("**" + key + "**", "", "", meaning(type, component));
                rows(key + ".", component.getType(), value);
            } else {
                row("`" + key + "`", SettingText.type(component.getGenericType()), byDefault(component, value), meaning(type, component));
            }
        }
    }

    private void row(String... cells) {
        text.append("| ").append(String.join(" | ", List.of(cells).stream().map(cell -> cell.replaceAll("(?<!\\\\)\\|", "\\\\|")).toList()))
                .append(" |\n");
    }

    private static String byDefault(RecordComponent component, Optional<Object> value) {
        if (value.isPresent()) {
            return component.getName().equals("stateDir") ? "`/var/lib/watchdog`" : SettingText.value(value.get());
        }
        return component.getType() == Optional.class ? "" : "needed";
    }

    private String meaning(Class<?> record, RecordComponent component) {
        return comments.component(record, component.getName()).map(text -> withKeys(text, record))
                .or(() -> Optional.ofNullable(component.getType().isRecord() ? ofRecord(component.getType()) : null))
                .or(() -> Optional.ofNullable(SHARED.get(component.getName())))
                .orElseGet(() -> {
                    undescribed.add(record.getName() + "." + component.getName());
                    return "";
                });
    }

    /** Comments name other components as Java does. */
    private static String withKeys(String text, Class<?> record) {
        String named = text;
        for (RecordComponent component : record.getRecordComponents()) {
            named = named.replace("`" + component.getName() + "`", "`" + KeySpelling.of(component.getName()) + "`");
        }
        return named;
    }

    /** The comment of the rule's class, if the record of its settings has none. */
    private String ofRecord(Class<?> record) {
        Optional<Class<?>> rule = Optional.ofNullable(record.getEnclosingClass());
        return rule.flatMap(comments::sentence).or(() -> comments.sentence(record)).orElse(null);
    }
}
