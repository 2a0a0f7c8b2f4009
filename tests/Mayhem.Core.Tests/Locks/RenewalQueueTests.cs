using FsCheck;
using FsCheck.Fluent;
using Mayhem.Locks;

namespace Mayhem.Core.Tests.Locks;

public class RenewalQueueTests
{
    [Fact]
    public void Queue_AnyMixOfChanges_HasTheEarliestFirst() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(Gen.Choose(0, 999).Two().ListOf().Resize(200).ToArbitrary(), changes =>
        {
            var queue = new RenewalQueue();
            var model = new List<LockHandle>();
            foreach (var (which, when) in changes)
            {
                if (model.Count == 0 || which % 3 == 0)
                {
                    model.Add(new LockHandle(null!, "m", new LockTimeline(TimeSpan.Zero, TimeSpan.FromTicks(when), TimeSpan.FromHours(1), TimeSpan.FromHours(2)), new Renewal(_ => Task.CompletedTask)));
                    queue.Add(model[^1]);
                }
                else if (which % 3 == 1)
                {
                    var changed = model[which % model.Count];
                    changed.NextStepAt = TimeSpan.FromTicks(when);
                    queue.Update(changed);
                }
                else
                {
                    var removed = model[which % model.Count];
                    model.Remove(removed);
                    queue.Remove(removed);
                    queue.Remove(removed);
                }

                Assert.Equal(model.Count, queue.Count);
                Assert.Equal(model.Select(one => (TimeSpan?)one.NextStepAt).Min(), queue.First?.NextStepAt);
            }
        }));
}
