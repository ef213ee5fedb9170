package org.bitcoinwatchdog.deploy.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;

/** What the binder asks of a record's class. */
final class Reflection {
    private Reflection() {
    }

    static Object read(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("settings are public records", e);
        }
    }

    /** @throws InvocationTargetException if the compact constructor refuses the values */
    static Object construct(Class<? extends Record> type, Object[] values) throws InvocationTargetException {
        Class<?>[] types =
                Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<? extends Record> canonical = type.getDeclaredConstructor(types);
            return canonical.newInstance(values);
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException("settings are public records", e);
        }
    }

    /** The result of {@code static X defaults()}, if the record has that method. */
    static Optional<Object> defaults(Class<? extends Record> type) {
        try {
            Method defaults = type.getDeclaredMethod("defaults");
            return Modifier.isStatic(defaults.getModifiers()) ? Optional.of(defaults.invoke(null)) : Optional.empty();
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the defaults of " + type + " are not valid", e);
        }
    }
}
