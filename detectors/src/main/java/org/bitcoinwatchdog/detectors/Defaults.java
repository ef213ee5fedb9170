package org.bitcoinwatchdog.detectors;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Makes a record of settings from the {@code static defaults()} of its components' types. */
final class Defaults {
    private Defaults() {
    }

    /** @param first values of the first components, whose types have no defaults of their own */
    static <R extends Record> R of(Class<R> type, Object... first) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.copyOf(first, components.length);
        try {
            for (int i = first.length; i < values.length; i++) {
                values[i] = components[i].getType().getMethod("defaults").invoke(null);
            }
            Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " has a component without defaults()", e);
        }
    }

    /** A copy with another value of one component. */
    static <R extends Record> R with(R record, String component, Object value) {
        @SuppressWarnings("unchecked")
        Class<R> type = (Class<R>) record.getClass();
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(each -> each.getName().equals(component) ? value : read(each, record))
                .toArray();
        Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " can't be copied", e);
        }
    }

    static Object read(RecordComponent component, Record of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " can't be read", e);
        }
    }
}
