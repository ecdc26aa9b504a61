package obnam.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.StoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LocalStoreFailureTest {

    private static final int EPERM = 1;
    private static final int EIO = 5;
    private static final int EACCES = 13;
    private static final int ENOSPC = 28;
    private static final int ESTALE = 116;
    private static final int EDQUOT = 122;

    private static final ObjectName NAME = new ObjectName(ObjectKind.PACK, "ab".repeat(32));

    private final CrashFiles disk = new CrashFiles();
    private final FailingFiles failing = new FailingFiles(disk);
    private final LocalStore store = new LocalStore(failing.files(), "file:test");

    @BeforeEach
    void create() {
        store.create();
    }

    private void put() {
        store.put(NAME, ByteBuffer.wrap(new byte[1000]));
    }

    private StoreException failedPut() {
        return catchThrowableOfType(StoreException.class, this::put);
    }

    @ParameterizedTest
    @CsvSource({
        "create, 28",
        "create, 122",
        "Draft.write, 28",
        "Draft.write, 122",
        "Draft.sync, 28",
        "Draft.close, 28",
        "Draft.close, 122",
        "link, 28",
        "makeFolder, 28"
    })
    void aFullDiskLeavesNothingBehindAndSaysWhatToDo(String operation, int errno) {
        failing.fail(operation, errno);
        StoreException failure = failedPut();
        assertThat(failure.worthRetrying()).isFalse();
        assertThat(failure.advice()).contains("Free some space");
        failing.heal();
        assertThat(store.size(NAME)).isEmpty();
        if (disk.entry("", "tmp").isPresent()) {
            assertThat(disk.list("tmp", name -> !name.endsWith(".lock"))).isEmpty();
        }
        put();
        assertThat(store.size(NAME)).hasValue(1000);
    }

    @Test
    void aFailedWriteOfTheDiskIsNotRepeatedBlindly() {
        for (String operation : new String[] {"Draft.write", "Draft.sync", "link"}) {
            failing.fail(operation, EIO);
            StoreException failure = failedPut();
            assertThat(failure.worthRetrying()).isFalse();
            assertThat(failure.advice()).contains("check");
            failing.heal();
            assertThat(store.size(NAME)).isEmpty();
        }
    }

    @Test
    void afterAFailedBarrierNoBarrierSucceeds() {
        put();
        failing.fail("syncFolder", EIO);
        assertThatThrownBy(store::barrier).isInstanceOf(StoreException.class);
        failing.heal();
        assertThatThrownBy(store::barrier).isInstanceOf(StoreException.class);
    }

    @Test
    void aNetworkFileSystemThatLostItsServerIsWorthAnotherTry() {
        failing.fail("create", ESTALE);
        assertThat(failedPut().worthRetrying()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {EACCES, EPERM})
    void missingPermissionNamesTheWayOut(int errno) {
        failing.fail("create", errno);
        StoreException failure = failedPut();
        assertThat(failure.worthRetrying()).isFalse();
        assertThat(failure.advice()).contains("owner of the repository");
    }

    @ParameterizedTest
    @ValueSource(ints = {EPERM, 18, 95})
    void aFileSystemWithoutHardLinksIsNamedAsTheReason(int errno) {
        failing.fail("link", errno);
        StoreException failure = failedPut();
        assertThat(failure.worthRetrying()).isFalse();
        assertThat(failure.advice()).contains("hard links");
    }

    @Test
    void aTemporaryFileThatSomebodyRemovedCostsOneMoreTry() {
        failing.fail("link", 2);
        assertThat(failedPut().worthRetrying()).isTrue();
        failing.heal();
        put();
        assertThat(store.size(NAME)).hasValue(1000);
    }

    @Test
    void aQuotaIsAFullDisk() {
        failing.fail("create", EDQUOT);
        assertThat(failedPut().advice()).isEqualTo(afterNoSpace().advice());
    }

    private StoreException afterNoSpace() {
        failing.fail("create", ENOSPC);
        return failedPut();
    }
}
