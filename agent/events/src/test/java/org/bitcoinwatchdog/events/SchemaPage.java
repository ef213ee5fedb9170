package org.bitcoinwatchdog.events;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.Locale;

/** schema.md: what stands in the topics, from the descriptors of the .proto files and from their comments. */
final class SchemaPage {
    private final StringBuilder page;

    SchemaPage(String head) {
        this.page = new StringBuilder(head);
    }

    SchemaPage file(FileDescriptor file, ProtoComments comments) {
        page.append("\n").append(comments.of(file.getPackage())).append("\n");
        file.getMessageTypes().forEach(message -> message(message, "## ", comments));
        file.getEnumTypes().forEach(type -> values(type, "## ", comments));
        return this;
    }

    String text() {
        return page.toString();
    }

    private void message(Descriptor message, String level, ProtoComments comments) {
        heading(level + message.getName(), comments.of(message.getFullName()));
        page.append("\n| field | number | type | |\n|---|--:|---|---|\n");
        for (FieldDescriptor field : message.getFields()) {
            page.append("| `%s` | %d | %s | %s |\n".formatted(
                    field.getName(), field.getNumber(), type(field), cell(comments.of(field.getFullName()))));
        }
        message.getNestedTypes().forEach(nested -> message(nested, "### ", comments));
        message.getEnumTypes().forEach(nested -> values(nested, "### ", comments));
    }

    private void values(EnumDescriptor type, String level, ProtoComments comments) {
        heading(level + type.getName(), comments.of(type.getFullName()));
        page.append("\n| value | number | |\n|---|--:|---|\n");
        // protobuf has an enum's values beside the enum, the file has them within it.
        type.getValues().forEach(value -> page.append("| `%s` | %d | %s |\n".formatted(
                value.getName(), value.getNumber(), cell(comments.of(type.getFullName() + "." + value.getName())))));
    }

    private void heading(String heading, String about) {
        page.append("\n").append(heading).append("\n");
        if (!about.isEmpty()) {
            page.append("\n").append(about).append("\n");
        }
    }

    private static String type(FieldDescriptor field) {
        String name = switch (field.getJavaType()) {
            case MESSAGE -> link(field.getMessageType().getName());
            case ENUM -> link(field.getEnumType().getName());
            default -> field.getType().name().toLowerCase(Locale.ROOT);
        };
        String oneOf = field.getContainingOneof() == null ? "" : ", one of `" + field.getContainingOneof().getName() + "`";
        return name + (field.isRepeated() ? ", repeated" : "") + oneOf;
    }

    private static String link(String type) {
        return "[" + type + "](#" + type.toLowerCase(Locale.ROOT) + ")";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
