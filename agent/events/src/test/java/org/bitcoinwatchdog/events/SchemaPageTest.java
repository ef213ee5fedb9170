package org.bitcoinwatchdog.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SchemaPageTest {
    private static final Path PAGE = Path.of("schema.md");
    private static final Path WRITTEN = Path.of("target", "schema.md");
    private static final Path PROTO = Path.of("src", "main", "proto");
    private static final String HEAD = """
            # What stands in the topics

            | topic | key | value | kept |
            |---|---|---|---|
            | `watchdog.node-events` | node | [`NodeEvent`](#nodeevent), protobuf | a day, at most 1 GiB a partition |
            | `watchdog.node-digests` | node | [`NodeDigest`](#nodedigest), protobuf | a day, at most 256 MiB a partition |
            | `watchdog.alerts` | fingerprint | [an alert](#an-alert), JSON | compacted |
            | `watchdog.chain-status` | network | [a verdict about deposits](#a-chain-status), JSON | compacted |
            | `watchdog.silences` | silence | JSON | compacted |
            | `watchdog.deliveries` | sink and alert | JSON: what each sink was told | compacted |
            | `watchdog.dead-letters` | as where it comes from | what could not be read, or not be delivered | 30 days |

            The time of a record in `watchdog.node-events` is the broker's (LogAppendTime), since hosts' clocks may be wrong; the event's own
            time is `observed_at_ns`. All topics take records of any time.

            Protobuf is plain, without a registry's framing: `protoc --decode bitcoinwatchdog.NodeEvent node_event.proto` reads a value.

            This page is written by a test (`SchemaPageTest`) from [the .proto files](src/main/proto).

            ## An alert

            In the model of Prometheus Alertmanager. Detectors write a record when an alert starts, changes its severity, grows, has newer evidence
            or ends. Newer evidence follows once a minute. Growth follows within 5 s, then at most every 30 s.

            ```json
            {"status": "firing",
             "labels": {"alertname": "AddressFlood", "detector": "address-flooding", "network": "main", "node": "alice", "severity": "page"},
             "annotations": {"summary": "...", "description": "...", "runbook_url": "..."},
             "startsAt": "2026-06-01T12:00:00Z", "updatedAt": "2026-06-01T12:00:05Z", "fingerprint": "...",
             "evidence": {"measurements": [{"name": "discarded-entries", "value": 5010, "threshold": 5000, "unit": "entries"}],
                          "subjects": {"peers": ["203.0.113.7:8333"]}, "complete": true}}
            ```

            `grewAt` is the time of the last growth: a measured value that has a threshold rose to ten times the value that people read before,
            a share rose by half, or a number of peers, nodes, slots or rules rose by half and by one at least. It is absent before
            the first growth. `status` is `firing` or `resolved`; `endsAt` is there once it has ended. `severity` is `page`, `warn` or `info`. An alert about a whole
            network has the label `fleet` instead of `node`; `subject` tells several of one rule apart. `fingerprint` is a hash of all labels but
            `severity`. `complete` is false where events were lost meanwhile, so that true figures may be higher. `subjects` are strings that
            peers may have chosen.

            ## A chain status

            Whether deposits on a network may be credited. [deposits.md](../../deploy/deposits.md) explains the verdicts. The detectors write a
            record when the verdict changes, in the transaction of the alerts that change it, and every ten seconds.

            ```json
            {"network": "main", "verdict": "hold", "confirmations": 36,
             "reasons": [{"verdict": "hold", "confirmations": 36, "why": "...", "node": "alice",
                          "alert": {"alertname": "Reorg", "severity": "page", "fingerprint": "...", "startsAt": "2026-06-01T12:00:00Z",
                                    "runbookUrl": "..."}}],
             "nodes": {"ok": ["bob"], "unknown": [], "hold": ["alice"]}, "witnesses": [],
             "since": "2026-06-01T12:00:00Z", "updatedAt": "2026-06-01T12:00:10Z", "validUntil": "2026-06-01T12:01:10Z"}
            ```

            `verdict` is `ok`, `hold` or `unknown`. After `validUntil` it is `unknown`, whatever the record says. `confirmations` is what a
            deposit needs at least. `reasons` has every firing rule that matters; `node` is absent if the reason is about the whole network,
            `alert` is absent if no alert fires. `fingerprint` is the key of the alert in `watchdog.alerts`. `nodes` has the verdict about each
            watched node alone, `witnesses` those that show the chain now. `since`, `updatedAt` and `validUntil` are by the clock of the detectors' host.
            """;

    @Test
    void thePageSaysWhatTheProtoFilesSay() throws IOException {
        String text = new SchemaPage(HEAD)
                .file(NodeEvent.getDescriptor().getFile(), comments("node_event.proto"))
                .file(NodeDigest.getDescriptor().getFile(), comments("node_digest.proto")).text();
        Files.writeString(WRITTEN, text);
        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as("the schema changed: cp agent/events/target/schema.md agent/events/schema.md").isEqualTo(text);
    }

    private static ProtoComments comments(String file) throws IOException {
        return new ProtoComments(Files.readString(PROTO.resolve(file)));
    }
}
