package model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import model.Instance.Forgetting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The protocol of docs/deletion.md keeps every snapshot, on every path of each instance, and each fault shows.
///
/// Prints what it found; docs/deletion-model.md explains it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeletionModelTest {

    private static final long SEED = 20_261_124;

    private int instances;
    private long worlds;
    private int mutants;
    private int caught;

    /// @param walks how many walks; 0 to visit every world
    private record Task(Instance instance, boolean alone, int walks) {

        Result run() {
            return walks == 0 ? new Explorer(instance, alone).explore() : new Walks(instance).walk(walks, SEED);
        }
    }

    private static Task all(Instance instance) {
        return new Task(instance, true, 0);
    }

    private static Instance of(int backups, int prunes, int chunks, int packs) {
        return Instance.of(backups, prunes, chunks, packs).forgetting(Forgetting.ALL);
    }

    @Test
    void everySnapshotIsKeptOnEveryPath() throws Exception {
        check(List.of(
                all(of(1, 1, 2, 6)),
                all(of(1, 1, 2, 6).dropping()),
                all(of(1, 1, 2, 6).comparing().dropping()),
                all(of(1, 1, 1, 5).dropping().indexing(4, 1)),
                all(of(1, 1, 2, 5).comparing().indexing(4, 1)),
                all(of(1, 2, 1, 6).dropping()),
                all(of(1, 2, 1, 6).comparing()),
                all(of(2, 1, 1, 5).chained().dropping()),
                all(of(2, 1, 2, 6)),
                new Task(of(2, 2, 2, 6).comparing().to(6), false, 0),
                new Task(of(2, 2, 2, 6).comparing().dropping(), true, 3_000),
                new Task(of(2, 2, 2, 7).chained().dropping(), true, 3_000),
                new Task(of(2, 2, 2, 6).dropping().indexing(5, 1), true, 3_000)));
    }

    @Test
    @Tag("nightly")
    void everySnapshotIsKeptOnEveryPathOfLargerInstances() throws Exception {
        check(List.of(
                new Task(of(2, 2, 1, 6), false, 0),
                new Task(of(2, 1, 2, 5).dropping(), false, 0),
                new Task(of(2, 1, 2, 6).chained(), false, 0),
                new Task(of(1, 2, 1, 5).indexing(4, 0), true, 0),
                new Task(of(2, 2, 2, 6).comparing().to(8), false, 0),
                new Task(of(2, 2, 2, 6).to(9), false, 0),
                new Task(of(2, 2, 2, 6).comparing().dropping(), true, 100_000),
                new Task(of(2, 2, 2, 7).chained().dropping(), true, 100_000),
                new Task(of(2, 2, 2, 6).dropping().indexing(5, 1), true, 100_000),
                new Task(of(3, 2, 2, 7).chained().dropping(), true, 50_000)));
    }

    @Test
    void everyFaultShows() throws Exception {
        Instance simple = of(1, 2, 1, 6);
        Instance dropping = of(1, 1, 1, 5).dropping();
        Instance chained = of(2, 1, 1, 5).chained().dropping();
        Instance indexing = of(1, 1, 1, 5).indexing(4, 1);
        Map<Fault, Instance> where = new EnumMap<>(Fault.class);
        for (Fault fault : Fault.values()) {
            where.put(
                    fault,
                    switch (fault) {
                        case NOTICE_NOT_CHECKED, NOTICE_ENDS_A_PRUNE, SNAPSHOT_ENDS_A_PRUNE, NO_TAKE_OVER -> dropping;
                        case PARENT_UNCHECKED, PARENT_BEFORE_NOTICE, PARENT_STANDS_BY_ITS_LIST, FORGOTTEN_PARENT ->
                            simple.comparing();
                        case UNFINISHED_PARENT -> chained;
                        case INDEX_DROPS_OTHERS,
                                OLD_INDEX_FIRST,
                                SOURCE_BEFORE_INDEX,
                                SNAPSHOT_BEFORE_INDEX,
                                HOLES_END_A_PRUNE -> indexing;
                        default -> simple;
                    });
        }
        List<Task> tasks = new ArrayList<>();
        where.forEach((fault, instance) -> tasks.add(new Task(instance.with(fault), fault.blocks(), 0)));
        List<Result> results = explore(tasks);
        mutants = results.size();
        for (Result result : results) {
            caught += result.safe() ? 0 : 1;
            worlds += result.worlds();
        }
        assertThat(results).noneMatch(Result::safe);
    }

    @AfterAll
    void report() {
        System.out.printf("R8: %d instances, %,d states, %d mutants, %d caught%n", instances, worlds, mutants, caught);
    }

    private void check(List<Task> tasks) throws InterruptedException, ExecutionException {
        List<Result> results = explore(tasks);
        instances += results.size();
        results.forEach(result -> worlds += result.worlds());
        assertThat(results)
                .allSatisfy(
                        result -> assertThat(result.trace()).as(result.loss()).isEmpty());
    }

    /// Two at a time, which is how many cores the smallest machine has.
    private static List<Result> explore(List<Task> tasks) throws InterruptedException, ExecutionException {
        List<Result> results = new ArrayList<>();
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            List<Future<Result>> running = new ArrayList<>();
            for (Task task : tasks) {
                running.add(two.submit(task::run));
            }
            for (Future<Result> one : running) {
                Result result = one.get();
                System.out.println(result);
                result.trace().forEach(line -> System.out.println("    " + line));
                results.add(result);
            }
        }
        return results;
    }
}
