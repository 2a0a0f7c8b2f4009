using Mayhem.FrameCapture.Samples;

namespace Mayhem.FrameCapture.Tests.Forms;

public class SecretTests
{
    [Fact]
    public async Task Throw_WithSecretsAround_ShowsNoneOfThem()
    {
        foreach (var sample in new[] { "secrets", "captured secret", "async secret" })
        {
            var thrown = await Thrown.ByAsync(AllSamples.ByName[sample]);
            var shown = string.Join('\n', TracedFrames.Of(thrown).Where(frame => frame.DeclaringType!.EndsWith(".Secrets", StringComparison.Ordinal)).SelectMany(frame => frame.Shown()));

            Assert.DoesNotContain("planted", shown, StringComparison.Ordinal);
            Assert.Contains("string user = \"ann\"", shown, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Throw_WithMarkedVariables_DoesNotEvenReadThem()
    {
        foreach (var sample in new[] { "secrets", "captured secret", "async secret" })
        {
            var thrown = await Thrown.ByAsync(AllSamples.ByName[sample]);
            var marked = TracedFrames.Of(thrown).SelectMany(frame => frame.Variables).Where(variable => variable.Name is "marked" or "credential").ToArray();

            Assert.NotEmpty(marked);
            Assert.All(marked, variable => Assert.Equal(VariableState.Sensitive, variable.State));
            Assert.All(marked, variable => Assert.Null(variable.Value));
        }
    }

    [Fact]
    public async Task Throw_WithMarkedMembers_MasksThemInTheirObjects()
    {
        var thrown = await Thrown.ByAsync(AllSamples.ByName["secrets"]);

        Assert.Contains(
            "Local Login login = Login { User = \"ann\", Answer = (sensitive), Hint = (sensitive), Password = (sensitive), Note = (sensitive) }",
            thrown.FrameOf("Secrets.Use").Shown());
    }
}
