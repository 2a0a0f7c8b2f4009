using Mayhem.Diagnosis;

namespace Mayhem.Core.Tests.Diagnosis;

public class NearestNameTests
{
    private static readonly string[] Known = ["Mayhem:Retry:Deadline", "Mayhem:Retry:CrashLimit", "Mayhem:Locks:Duration"];

    [Theory]
    [InlineData("Mayhem:Retries:Deadline", "Mayhem:Retry:Deadline")]
    [InlineData("mayhem:retry:crashlimt", "Mayhem:Retry:CrashLimit")]
    [InlineData("Mayhem:Lock:Duration", "Mayhem:Locks:Duration")]
    [InlineData("Mayhem:Colour", null)]
    public void Of_MistypedName_IsWhatWasMeant(string name, string? meant) => Assert.Equal(meant, NearestName.Of(name, Known));

    [Fact]
    public void Of_NothingKnown_IsNull() => Assert.Null(NearestName.Of("a", []));
}
