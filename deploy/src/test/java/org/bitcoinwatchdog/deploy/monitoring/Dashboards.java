package org.bitcoinwatchdog.deploy.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** deploy/grafana/: the dashboards. */
final class Dashboards {
    private static final Path DIRECTORY = Path.of("grafana");

    record Dashboard(String file, JsonNode json) {
        List<JsonNode> panels() {
            List<JsonNode> panels = new ArrayList<>();
            json.path("panels").forEach(panels::add);
            return panels;
        }

        /** The queries of its panels and variables, with values in place of Grafana's variables. */
        List<String> queries() {
            List<String> queries = new ArrayList<>();
            panels().forEach(panel -> panel.path("targets").forEach(target -> queries.add(target.path("expr").asText())));
            json.path("templating").path("list").forEach(variable -> {
                String query = variable.path("query").path("query").asText();
                if (query.startsWith("label_values(")) {
                    queries.add(query.substring("label_values(".length(), query.lastIndexOf(',')));
                }
            });
            return queries.stream().map(Dashboard::withoutVariables).toList();
        }

        private static String withoutVariables(String query) {
            return query.replace("$__rate_interval", "1m").replace("$__range", "1h").replaceAll("\\$\\{?[a-z_]+}?", ".*");
        }

        @Override
        public String toString() {
            return file;
        }
    }

    private Dashboards() {
    }

    static List<Dashboard> all() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().map(Dashboards::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dashboard read(Path file) {
        try {
            return new Dashboard(file.getFileName().toString(), new ObjectMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
