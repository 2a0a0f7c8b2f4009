using FsCheck;
using FsCheck.Fluent;
using Mayhem.Local.Broker;

namespace Mayhem.Local.Tests.Broker;

public class IndexedHeapTests
{
    [Fact]
    public void Heap_AnyChanges_HasTheSmallestFirst() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(200),
        Prop.ForAll(Gen.Choose(0, 9999).Two().ListOf().Resize(300).ToArbitrary(), changes =>
        {
            var heap = new IndexedHeap<Item, ByKey>();
            var model = new List<Item>();
            foreach (var (what, key) in changes)
            {
                if (what % 2 == 0 || model.Count == 0)
                {
                    model.Add(new Item { Key = key });
                    heap.Add(model[^1]);
                }
                else if (what % 4 == 1)
                {
                    var moved = model[what / 4 % model.Count];
                    moved.Key = key;
                    heap.Update(moved);
                }
                else
                {
                    var removed = what % 8 == 3 ? heap.First! : model[what / 8 % model.Count];
                    model.Remove(removed);
                    heap.Remove(removed);
                }
                Assert.Equal(model.Count, heap.Count);
                Assert.Equal(model.Select(item => (int?)item.Key).Min(), heap.First?.Key);
            }
        }));

    private sealed class Item
    {
        public int Slot;

        public int Key { get; set; }
    }

    private readonly struct ByKey : IHeapOrder<Item>
    {
        public static bool Precedes(Item left, Item right) => left.Key < right.Key;

        public static ref int Slot(Item item) => ref item.Slot;
    }
}
