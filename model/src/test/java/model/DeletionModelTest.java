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

    private int instances;
    private long worlds;
    private int mutants;
    private int caught;

    private record Task(Instance instance, boolean alone) {}

    @Test
    void everySnapshotIsKeptOnEveryPath() throws Exception {
        check(List.of(
                new Task(Instance.of(1, 1, 2, 6).forgetting(Forgetting.ALL), true),
                new Task(Instance.of(1, 1, 2, 6).forgetting(Forgetting.ALL).dropping(), true),
                new Task(
                        Instance.of(1, 1, 2, 6)
                                .forgetting(Forgetting.ALL)
                                .comparing()
                                .dropping(),
                        true),
                new Task(
                        Instance.of(1, 1, 1, 5)
                                .forgetting(Forgetting.ALL)
                                .dropping()
                                .indexing(4, 1),
                        true),
                new Task(
                        Instance.of(1, 1, 2, 5)
                                .forgetting(Forgetting.ALL)
                                .comparing()
                                .indexing(4, 1),
                        true),
                new Task(Instance.of(1, 2, 1, 6).forgetting(Forgetting.ALL).dropping(), true),
                new Task(Instance.of(1, 2, 1, 6).forgetting(Forgetting.ALL).comparing(), true),
                new Task(Instance.of(2, 1, 2, 6).forgetting(Forgetting.ALL), true)));
    }

    @Test
    void everyFaultShows() throws Exception {
        Instance simple = Instance.of(1, 2, 1, 6).forgetting(Forgetting.ALL);
        Instance dropping = Instance.of(1, 1, 1, 5).forgetting(Forgetting.ALL).dropping();
        Instance indexing = Instance.of(1, 1, 1, 5).forgetting(Forgetting.ALL).indexing(4, 1);
        Map<Fault, Instance> where = new EnumMap<>(Fault.class);
        for (Fault fault : Fault.values()) {
            where.put(
                    fault,
                    switch (fault) {
                        case NOTICE_NOT_CHECKED, NOTICE_ENDS_A_PRUNE, SNAPSHOT_ENDS_A_PRUNE, NO_TAKE_OVER -> dropping;
                        case PARENT_UNCHECKED, PARENT_BEFORE_NOTICE, PARENT_STANDS_BY_ITS_LIST, FORGOTTEN_PARENT ->
                            simple.comparing();
                        case INDEX_DROPS_OTHERS,
                                OLD_INDEX_FIRST,
                                SOURCE_BEFORE_INDEX,
                                SNAPSHOT_BEFORE_INDEX,
                                HOLES_END_A_PRUNE -> indexing;
                        default -> simple;
                    });
        }
        List<Task> tasks = new ArrayList<>();
        where.forEach((fault, instance) -> tasks.add(new Task(instance.with(fault), fault.blocks())));
        List<Result> results = explore(tasks);
        mutants = results.size();
        for (Result result : results) {
            caught += result.safe() ? 0 : 1;
            worlds += result.worlds();
        }
        assertThat(results).noneMatch(Result::safe);
    }

    @Test
    @Tag("nightly")
    void everySnapshotIsKeptOnEveryPathOfLargerInstances() throws Exception {
        check(List.of(
                new Task(Instance.of(2, 2, 1, 6).forgetting(Forgetting.ALL), false),
                new Task(Instance.of(1, 2, 1, 5).forgetting(Forgetting.ALL).indexing(4, 0), true)));
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
                running.add(two.submit(() -> new Explorer(task.instance, task.alone).explore()));
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
