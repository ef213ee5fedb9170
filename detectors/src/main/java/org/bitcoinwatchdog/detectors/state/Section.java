package org.bitcoinwatchdog.detectors.state;

import java.util.function.Supplier;

/** A {@link Stateful} with what its owner must know: whether it changed since it was saved, and whether it failed. */
public final class Section<T extends Stateful> {
    private final T value;
    private boolean changed;
    private boolean failed;

    private Section(T value) {
        this.value = value;
    }

    /**
     * The stored state, or a new one where nothing is stored or what is stored can't be read.
     *
     * @param stored the section's bytes by its name, null where nothing is stored
     */
    public static <T extends Stateful> Section<T> load(
            Supplier<? extends T> make, java.util.function.Function<String, byte[]> stored, Trouble trouble) {
        T value = make.get();
        byte[] bytes = stored.apply(value.section());
        if (bytes == null) {
            return new Section<>(value);
        }
        try {
            value.restore(new StateReader(bytes));
            return new Section<>(value);
        } catch (UnreadableState e) {
            trouble.unreadable(value.section(), e);
            return new Section<>(make.get());
        }
    }

    public T value() {
        return value;
    }

    public void changed(boolean now) {
        changed |= now;
    }

    /** A rule that threw is left alone from then on: what it keeps may be half changed, so it isn't saved either. */
    public void fail() {
        failed = true;
    }

    public boolean failed() {
        return failed;
    }

    /** Hands out the bytes if anything changed since the last call. */
    public void saveChanged(java.util.function.BiConsumer<String, byte[]> out) {
        if (changed && !failed) {
            StateWriter writer = new StateWriter();
            value.save(writer);
            out.accept(value.section(), writer.toBytes());
        }
        changed = false;
    }
}
