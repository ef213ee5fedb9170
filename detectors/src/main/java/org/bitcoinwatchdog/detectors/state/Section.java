package org.bitcoinwatchdog.detectors.state;

import java.util.function.Supplier;

/** A {@link Stateful}, with two facts for its owner: whether it changed since it was saved, and whether it failed. */
public final class Section<T extends Stateful> {
    private final Supplier<? extends T> make;
    private final String name;
    private T value;
    private boolean changed;
    private boolean failed;

    private Section(Supplier<? extends T> make, T value) {
        this.make = make;
        this.name = value.section();
        this.value = value;
    }

    /**
     * The stored state; a new one if nothing is stored or if it can't be read.
     *
     * @param stored the section's bytes by its name, null if nothing is stored
     */
    public static <T extends Stateful> Section<T> load(
            Supplier<? extends T> make, java.util.function.Function<String, byte[]> stored, Faults faults) {
        T value = make.get();
        byte[] bytes = stored.apply(value.section());
        if (bytes == null) {
            return new Section<>(make, value);
        }
        try {
            value.restore(new StateReader(bytes));
            return new Section<>(make, value);
        } catch (RuntimeException e) { // any fault of the reader: the next start must not fail again
            faults.unreadable(value.section(), e);
            return new Section<>(make, make.get());
        }
    }

    public String name() {
        return name;
    }

    public T value() {
        return value;
    }

    public void changed(boolean now) {
        changed |= now;
    }

    /**
     * A rule that threw is not called until it starts anew. Its state may be half changed, so it isn't saved either.
     */
    public void fail() {
        failed = true;
    }

    /** Puts a new state in place of the old one, which is overwritten at the next save. */
    public void startAnew() {
        value = make.get();
        failed = false;
        changed = true;
    }

    public boolean failed() {
        return failed;
    }

    /**
     * Hands out the bytes if anything changed since the last call.
     *
     * @param faults is told of a state that can't be written; the section counts as failed
     */
    public void saveChanged(java.util.function.BiConsumer<String, byte[]> out, Faults faults) {
        if (changed && !failed) {
            byte[] bytes = bytes(faults);
            if (bytes != null) {
                out.accept(value.section(), bytes);
            }
        }
        changed = false;
    }

    private byte[] bytes(Faults faults) {
        try {
            StateWriter writer = new StateWriter();
            value.save(writer);
            return writer.toBytes();
        } catch (RuntimeException e) {
            fail();
            faults.failed(value.section(), e);
            return null;
        }
    }
}
