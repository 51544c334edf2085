diagnoses = dict(
    E=dict(
        variables=["decoder/kernel", "decoder/bias", "encoder/kernel", "encoder/bias"], fault="trained-a-copy"
    ),
    D=dict(variables=["decoder/bias", "encoder/bias"], fault="reordered-pairs"),
    C=dict(variables=[], fault="none"),
    B=dict(
        variables=["encoder/bias", "encoder/kernel", "decoder/bias", "decoder/kernel"],
        fault="unzipped-gradients",
    ),
    A=dict(variables=["encoder/kernel"], fault="exhausted-zip"),
)
