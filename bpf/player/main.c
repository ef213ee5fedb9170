/* SPDX-License-Identifier: MIT
 *
 * Stands in for a bitcoind: fires the calls of a recording through USDT probes. One process plays one node or all nodes.
 * A tracer distinguishes nodes by process.
 */
#include "player/generate.h"
#include "player/options.h"
#include "player/playback.h"

#include <stdio.h>
#include <stdlib.h>

enum { PLAYED = 0, FAILED = 1, WRONG_USAGE = 2 };

static void list(const struct recording *recording)
{
    size_t (*counts)[TRACEPOINTS] = calloc(recording->node_count + 1, sizeof(*counts));
    for (size_t i = 0; i < recording->count; i++)
        counts[recording->calls[i].node][recording->calls[i].tracepoint]++;
    for (size_t node = 0; node < recording->node_count; node++)
        for (int i = 1; i < TRACEPOINTS; i++)
            if (counts[node][i])
                printf("%s %s %zu\n", recording->nodes[node], probes[i].name, counts[node][i]);
    free(counts);
}

static bool load(struct recording *recording, const struct options *options)
{
    for (int i = 0; i < options->path_count; i++)
        if (!recording_load(recording, options->paths[i], options->node))
            return false;
    if (recording->broken_lines)
        fprintf(stderr, "tracepoint-player: %zu broken lines skipped\n", recording->broken_lines);
    if (recording->count == 0)
        fprintf(stderr, "tracepoint-player: no usable call\n");
    return recording->count > 0;
}

int main(int argc, char **argv)
{
    struct options options;
    struct recording recording = {0};
    struct tally tally = {0};
    if (!options_parse(&options, argc, argv))
        return WRONG_USAGE;
    if (options.help) {
        options_usage();
        return PLAYED;
    }
    playback_stop_on_signals();
    uint64_t calls = 0;
    if (options.generate) {
        calls = options.rate * options.seconds;
        generate_mainnet(&recording, options.rate, calls);
    } else if (load(&recording, &options)) {
        calls = options.loops > UINT64_MAX / recording.count ? UINT64_MAX : options.loops * recording.count;
    } else {
        return FAILED;
    }
    if (options.list) {
        list(&recording);
        return PLAYED;
    }
    if (options.wait_attached_s >= 0 && !playback_wait_attached(&recording, options.wait_attached_s))
        return FAILED;
    playback_run(&recording, options.speed, calls, &tally);
    if (options.linger_s > 0)
        playback_linger(options.linger_s);
    tally_print(&tally);
    return PLAYED;
}
