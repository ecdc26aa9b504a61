package obnam.engine.prune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import obnam.api.ObjectName;
import obnam.engine.PruneRequest;
import obnam.engine.format.PackType;
import obnam.engine.format.Sizes;

/// Chooses the packs to empty and delete. Any choice is safe; this one is to be cheap:
///
/// - packs of which nothing is used;
/// - of the others those that are used least, until what stays unused is small enough;
/// - small packs, as long as the next one is not longer than all smaller ones together: then what is moved
///   again and again doubles in length each time, and O(log n) small packs are left.
final class VictimChoice {

    /// Packs below this length are worth joining: half of a full one.
    private static final int SMALL = Sizes.PACK_TARGET / 2;
    /// Fewer small packs are not worth the while.
    private static final int FEWEST = 4;

    private final PruneRequest request;
    private final Set<Survey.Usage> chosen = new HashSet<>();
    private long repacked;

    private VictimChoice(PruneRequest request) {
        this.request = request;
    }

    /// Chooses.
    ///
    /// @param usages the packs that may be chosen
    /// @return the victims, those of which nothing is used first
    static List<Survey.Usage> choose(List<Survey.Usage> usages, PruneRequest request) {
        VictimChoice choice = new VictimChoice(request);
        choice.dead(usages);
        choice.wasteful(usages);
        for (PackType type : PackType.values()) {
            choice.small(usages.stream()
                    .filter(pack -> pack.info().type() == type && pack.info().size() < SMALL)
                    .toList());
        }
        List<Survey.Usage> victims = new ArrayList<>(choice.chosen);
        victims.sort(Comparator.comparingLong(Survey.Usage::used)
                .thenComparing(pack -> pack.info().name()));
        return victims;
    }

    private void dead(List<Survey.Usage> usages) {
        usages.stream().filter(pack -> pack.used() == 0).forEach(chosen::add);
    }

    private void wasteful(List<Survey.Usage> usages) {
        List<Survey.Usage> partly = new ArrayList<>(usages.stream()
                .filter(pack -> pack.used() > 0 && pack.gain() > 0)
                .toList());
        partly.sort(Comparator.comparingDouble(Survey.Usage::waste).reversed());
        long unused = partly.stream().mapToLong(Survey.Usage::gain).sum();
        double allowed = request.maxUnused()
                * usages.stream().mapToLong(Survey.Usage::used).sum();
        for (Survey.Usage pack : partly) {
            if (unused <= allowed) {
                return;
            }
            if (take(pack)) {
                unused -= pack.gain();
            }
        }
    }

    private boolean take(Survey.Usage pack) {
        if (pack.used() > request.maxRepack() - repacked) {
            return false;
        }
        if (chosen.add(pack)) {
            repacked += pack.used();
        }
        return true;
    }

    private void small(List<Survey.Usage> packs) {
        List<Survey.Usage> rising = new ArrayList<>(packs);
        rising.removeAll(chosen);
        rising.sort(Comparator.comparingInt(pack -> pack.info().size()));
        long smaller = 0;
        int count = 0;
        while (count < rising.size() && (count < 2 || rising.get(count).info().size() <= smaller)) {
            smaller += rising.get(count).info().size();
            count++;
        }
        if (count >= FEWEST) {
            rising.subList(0, count).forEach(this::take);
        }
    }

    /// The names of the packs.
    static List<ObjectName> names(List<Survey.Usage> victims) {
        return victims.stream().map(pack -> pack.info().name()).toList();
    }
}
