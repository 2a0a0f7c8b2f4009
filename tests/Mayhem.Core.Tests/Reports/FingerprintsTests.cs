using Mayhem.Reports;

namespace Mayhem.Core.Tests.Reports;

public class FingerprintsTests
{
    [Fact]
    public async Task Of_OnePlace_IsTheSameForAnyMessage() => Assert.Equal(
        Fingerprints.Of(await Thrown(() => PlaceAsync(new IOException("a")))), Fingerprints.Of(await Thrown(() => PlaceAsync(new IOException("b")))));

    [Fact]
    public async Task Of_OtherPlacesTypesOrKinds_Differ()
    {
        var one = await Thrown(() => PlaceAsync(new IOException("a")));
        string[] prints =
        [
            Fingerprints.Of(one), Fingerprints.Of(one, "kind"), Fingerprints.Of(await Thrown(() => PlaceAsync(new TimeoutException("a")))),
            Fingerprints.Of(await Thrown(() => OtherPlaceAsync(new IOException("a")))), Fingerprints.Of(new IOException("a")),
            Fingerprints.Of(new IOException("a", new TimeoutException("b"))),
        ];

        Assert.Equal(prints.Length, prints.Distinct().Count());
        Assert.All(prints, print => Assert.Matches("^[0-9a-f]{16}$", print));
    }

    [Fact]
    public async Task Of_LambdasAndLocalFunctions_AreKnownByTheMethodAroundThem()
    {
        var ordinals = (await Thrown(() => InALambdaAsync(which: 1)), await Thrown(() => InALambdaAsync(which: 2)));

        Assert.Equal(Fingerprints.Of(ordinals.Item1), Fingerprints.Of(ordinals.Item2));
    }

    [Fact]
    public void Of_MoreTasksThatFailInTheSameWay_IsTheSame() => Assert.Equal(
        Fingerprints.Of(new AggregateException(new IOException("a"))), Fingerprints.Of(new AggregateException(new IOException("a"), new IOException("b"))));

    [Fact]
    public async Task Of_AnExceptionThrownOnByOuterCode_KeepsItsFirstFrames()
    {
        var deep = await Thrown(() => DeepAsync(20, new IOException("a")));
        var deeper = await Thrown(() => DeepAsync(40, new IOException("a")));

        Assert.Equal(Fingerprints.Of(deep), Fingerprints.Of(deeper));
    }

    private static async Task PlaceAsync(Exception exception)
    {
        await Task.Yield();
        throw exception;
    }

    private static async Task OtherPlaceAsync(Exception exception)
    {
        await Task.Yield();
        throw exception;
    }

    private static async Task DeepAsync(int depth, Exception exception)
    {
        await Task.Yield();
        if (depth == 0)
            throw exception;
        await DeepAsync(depth - 1, exception);
    }

    private static async Task InALambdaAsync(int which)
    {
        Func<Task> first = async () =>
        {
            await Task.Yield();
            throw new IOException("first");
        };
        Func<Task> second = async () =>
        {
            await Task.Yield();
            throw new IOException("second");
        };
        await (which == 1 ? first : second)();
    }

    private static async Task<Exception> Thrown(Func<Task> work) => (await Record.ExceptionAsync(work))!;
}
