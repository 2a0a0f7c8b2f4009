using Mayhem.Cli.Up;

namespace Mayhem.Cli.Tests.Up;

public class UpOptionsTests
{
    [Fact]
    public void Errors_Defaults_AreFine() => Assert.Empty(new UpOptions().Errors());

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Errors_CountBelowOne_NamesCount(int count) => AssertNames("--count", new UpOptions { Count = count });

    [Theory]
    [InlineData(0)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Errors_RateNotAboveZero_NamesRate(double rate) => AssertNames("--rate", new UpOptions { Rate = rate });

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Errors_ChaosOutsideZeroToOne_NamesChaos(double chaos) => AssertNames("--chaos", new UpOptions { Chaos = chaos });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Errors_ChaosAtTheEdges_IsFine(double chaos) => Assert.Empty(new UpOptions { Chaos = chaos }.Errors());

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public void Errors_HostsOutsideItsRange_NamesHosts(int hosts) => AssertNames("--hosts", new UpOptions { Hosts = hosts });

    [Fact]
    public void Errors_EmptyDataFolder_NamesData() => AssertNames("--data", new UpOptions { DataFolder = " " });

    [Fact]
    public void Errors_DrainWithAnythingThatPublishes_NamesBoth()
    {
        AssertNames("--count", new UpOptions { Drain = true, Count = 1 });
        AssertNames("--requests", new UpOptions { Drain = true, Requests = "-" });
        AssertNames("--rate", new UpOptions { Drain = true, Rate = 1 });
        AssertNames("--chaos", new UpOptions { Drain = true, Chaos = 0.1 });
    }

    [Fact]
    public void Errors_RequestsWithGeneratedOnes_NamesBoth()
    {
        AssertNames("--count", new UpOptions { Requests = "-", Count = 1 });
        AssertNames("--chaos", new UpOptions { Requests = "-", Chaos = 0.1 });
    }

    [Fact]
    public void Pace_WithoutCount_IsFiveASecond() => Assert.Equal(5, new UpOptions().Pace);

    [Fact]
    public void Pace_WithCount_IsAsFastAsItGoes() => Assert.Null(new UpOptions { Count = 3 }.Pace);

    [Fact]
    public void Pace_WithCountAndRate_IsTheRate() => Assert.Equal(0.5, new UpOptions { Count = 3, Rate = 0.5 }.Pace);

    private static void AssertNames(string option, UpOptions options) =>
        Assert.Contains(option, Assert.Single(options.Errors()), StringComparison.Ordinal);
}
