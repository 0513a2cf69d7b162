/**
 * Links as they were given away, with what executing them gave. They open for ever: nothing here is ever changed, and a
 * new format or new rules add links of their own. Made under semantics 1.
 */
export interface GoldenLink {
  readonly name: string;
  readonly link: string;
  readonly semantics: number;
  readonly digest: string;
  readonly blocks: number;
  readonly transactions: number;
}

export const goldenLinks: readonly GoldenLink[] = [
  {
    name: 'one block as the page starts',
    link: '#s=d1.RVHBbusgEPyVas4cMHachGMPPUevx6qHNV4nKDZYsH59T5H_vYJU6omd3WF2Bh6YYlpIYBuFzAsF8S5XJF5mhsWbT1lehjm6OxTqmX_oIj5cM-wDVw6cfS0z8wh7VCDn4hYkw3ZaK1DOXIHCGuNcNHqFgcL9Qkm8-BhgnyzsCpJomrwripIoZHKFkS-cXqsVa4po_qL1wmnxc_F6Kq1blN-OVviK6cnWelfgf-y2567HD4gJ9pnrXRYouJi4Jrn7MMLir0-y0VwnWxDY066Q3Y3Hbeb3mrZRuCYK20zJy39Y5DkKFCbmP-z86rncK_uWVbDv5XFqHNiPz2JqZSdF6IHRXzkX8nAyhxMNjT6wOVKrG2dMexjcoTWmOU-96d2Zp2HoetONR92SpqY3ZybqRtdSV_ze2N3X6OsnfHzu-zc',
    semantics: 1,
    digest: 'b8258ab105e27a301c2235bc532219f626c9efbb4624d703a0a1629eaa4dc3a4',
    blocks: 1,
    transactions: 200,
  },
  {
    name: 'ten blocks and five turns of a knob',
    link: '#s=d1.nVPBjpwwDP2Vlc85BAiQcOwXrLp7G83BBDNEAwlKQrfViH-vzKy6mm4v21ue4zz72S83GENcMENXCEi0oM_OpgNll2eCDl636J2_PG3rU57oaSLMIKCfg71youR3OTt_SdDd4EKekjuOiWiArhWA1obN5wSdklIApkQHELCGMDNJI6BHf33GmF12wUN3z4JdQI44js4yY47oE1rOSM8Uv3EP0JVMmt5wfaa4uJmb1hyaQv6ISAFvId6zpdwF0E-y273W7R2ECN1d2EteQIANkQ4lV-cH6OCHi3nD-bjZfIZO7wKSnWjYZno51BYCLhH9NmN0-Rd0kObA4xqJvpN1qyN-x_WWNcO-83AOOdCdbjCRu0wZuvIx_F4-UX59n8XDVB50VlLu-3kXH2Tq_8nMJ7LmS2SPSyk_sbVfYvv39ovyb1bz_4L_uKS493oWsITl2NnDQNcPUTWbaUVPbOQT2ODH2dmcuIpbaHae4Mx2W8lmtsgNBnehxDYwWlfjUOlBt6ZoSNU1tbaue62GoVQGrRpVP6IZ0BD11FZGq0KiaqqqxN4oduJE9roGd3yv06kQ0Ouy1tgXcBanUoDUbaNaqxhWAuqxrxqskaESUKOlHnXPsBZQakOV0jXDRkBh0JSqbRm2AprWoDHDyFALQCKSlR4YGgGllINtZAXn877_Bg',
    semantics: 1,
    digest: '9883fd38d87916e455e7c55b84dd249ac4f4bfa9da9eebe7398410a46332ab94',
    blocks: 10,
    transactions: 1680,
  },
  {
    name: 'transactions by hand',
    link: '#s=d1.pZRNj9sgEIb_SjVnDnz5i-NKPVSq1KjbW5QDxpMExdgW4G5Wkf97Bc7upiuttE05wRiY93nHzAX2o3c6gmIEAjo9RGtCXkUbewQFD89fjnrogEDbj-YUQIm0NUY7HAKoCxxwwGDzNCB2oBgjoI0Z5yEGUJIS0CFgnhOYxrEPoAoCrR5OG-2jjXYcQK2bYCEQvd7vrUkXRq-HoE3aETboH5ICUFwSCE962qB3tk8qa0oJHMf4FqEEnkZ_AlVQuhDAM5p5TXS5LkYPamV6jA4ImNFjpjjZoQMFv62Ps-7zl3mIoORCIJgjdnOPjyspgYPXw9xrb-MzKAj9GIHAHvEnGjtZTOdSPjdFWJbkS2YBtb3AEe3huFp_G76mD3PrbLrsxoPV46FDn6vgxiQlUejhBAQG7dIqH9ijhxcLKIGDDt9tuk9xmkcObbw1uArwazHXIqQTccz10m6FByEpr7koy4bTRtSyFLIUopIlraRgVVlzxmRRwLIs5NMQxechBGe3GM17iOojiPIGgiV5uyTwxXx-l_nVh7pbHc3x1_9XgBGY9LPD_Ia2l0zCbkkoJIwU5jdhTmHZvWcUdzHWN4zauTfE9PS-nrWJP-Z4D2FqATnQWY_XtK9o6c5ERykQcPps3ey-pfbQ0OsAAh3qrrcDgpK8kU1Z8ab4p_-u-YjNeNQRN0nhvbWja0XSlIGiuRi7lM_lbvDXu59e-1XTNKm9YI-vYuMZFMu9a0ITU7-5QGcPGJJDuhSFbrksGNeCt7pruo4L3tC6FUVHsSr2laRVWyOWbWFo0TSdEV1ZlshlXYvU1o5oTtNo119sywgIVsuKlxp2ZMsJMLrX0iCF3W5Z_gA',
    semantics: 1,
    digest: 'a635ab24512a32bad9dd232908b35d0e75f7407b8ee6b5c0599dc3d666e24883',
    blocks: 3,
    transactions: 77,
  },
  {
    name: 'pools that are split, twice',
    link: '#s=d1.jVLBjtsgFPyXOXPANjYJx35BtOkt8oHgR4LiGAtwt6uIf6-ws9pGbaXeeM8zDDPjB6wPd52gKoZIdz0lZ-I6JZdGgsJxHl2KYDiP3twiVFuQKbnpEqEeuNBE0a3HSDRAVRWDNsYvU4pQgjPoGGk9M8zej9sdZz3dDjokl5yfoDYQMkMK2lpnyoUp6ClqUxDxQOFbeQFULRjiu54PFO5uLI_ccc5w9elrwxnefbhBtZxnBvpJZtmEHs_BB6jN0zHdwWB8oNXFzU0DFH64kBY9rl-WKUGJzBDNlYZlpOPmlOES9LSMOrj0AYU4-gQGS_RGxs2OCq_o3eeEnEsuqxeo0wNXcpfrlvzv66d8pPT9GcRLJK_GK_6H87LKuc_sS6H-u0Ip9uB9sVhq2ULTH6WoV774T377ya8L-5-w-hNWdbnPfWlnJpNKog8M7kKxpGZkw-W-JVHXO2k70QxdNci6axsjrWltJ_e7VldUy92-OnNpibfmPNjWCtvoipfirmRus3frj3g6VQxk28FqYdCzU83AB7kf7CDK2DAYeyZJnSyjYGh2XJiq3qPvc_4F',
    semantics: 1,
    digest: 'c730795e42287f643d61d72653c7fc5f67985a1e27891b07fe05cbdf5f4f3a10',
    blocks: 5,
    transactions: 123,
  },
  {
    name: 'the same again and again',
    link: '#s=d1.1VPLjtwgEPyXOnMAxk9uyXkPo2xuozlg3PagscECnE008r9H2BPtrpQPSDh1QXdT1Y8HBh9mnaAEQ6RZu2RN3FGyaSIofBm1dWDoJm_uEarNjilZN0aoB0ZyFO1uRqIeSggGbYxfXYpQBWfQMdJuMyzeTxGqZOi0u591SDZZ76AOJ2wMKehhsCYnTEG7qE32iGcKXzMDKFkwxDe9nCnMdsocG84Zbj6933CGNx_uUCXnGwP9JLMeHz2ewAeoQ9NrmsFgfKBdxd26Hgo_bEirnvaX1SWoYmOI5kb9OtHroZRhDNqtkw42_YJCnHwCw0D0jYxdLOW4_N-8JGxbrsuuBerywI3seEtQkiHQQvowP3o8mcS1m23O-6EcR7ldT2GnMfvMKgvS7g4Gp-eM9oCBAv5UgzOMOr7YnE9Jvp_96hysoT2VDkdfj37kiOQPZvNRB9Q1tm27buxdQ_WuQfyvGpq_E6f0_TmQn0bz07TlIcup_nGx17wIC5mUh_eB3o4U83tfNBUJ3lFtqkYLORScV5XpTdOXp1o0VEshRS9bU5RlX0kyXJ5kLbtT1XSmkXlHbmTui7f7zl8ugmEQnEzdlLiyi2QoRW863fIMTwz9YNpB1ibDgqFtqe1NITIsGYaGSi6rNsOKgU5CEPE9tmag-mSKpmsyzE2jmpfUGFyv2_Yb',
    semantics: 1,
    digest: 'd486e10be7c68a12f40066cdc8d53718e72121d29c455d62ec023272b368bc82',
    blocks: 9,
    transactions: 222,
  },
  {
    name: 'an edited past',
    link: '#s=d1.VVJNj9sgEP0r1jujCid27HCp1HMPUbdSD1EOGIYExQYLcLOryP-9Am93W07MeMbviyeMD5NMEDVDpEm6ZFUsVbJpJAj8uslUWfMVDMPo1T1CNHk2JeuuEeKJKzmKtlwjkYaoawaplF9cytOcQcZIaducvR8jRMswSHc_yZBsst5BbENYGVKQxliVf5iCdFGqPBFPFL5lBhC7zOAh5xOFyY6ZZs85w82nzw5nePhwh2g5XxnoldSyAT3fCx8gNk0vaQKD8oGKirt1GgK_bUiLHMuXxSWIZmWI6kZ6GellU8pwDdItoww2vUEgjj6BwRD9IGVnS3kv401zwrpmX4oWiPMTN7LXW4LY_d9-h4_zaNPJ-0wgm1bQHvItQuxW9jEWaB6lIjBYp-kVYs_-dW1LxWkKEPWOYfKZfRYu3R0MTk65KhuGAv66xhmuMn63k80EeTmldQpWUeEiw5b_llveSB6i3jPIaTMMLdZ1vawXBjn4JXd-flKr9pU3VQmg2lUPGat3LfoLMtGpmPefTfNnvDkLGulDZMrSS9AzqZTDeULbK8WMetTtgYwZZDc0uq-7A_VSdd2R97VqmuFg6tY0nVbtvlP9sTMD33Nt-mZQ3bHuZJvfwI3Uffa2vOnzuWYwNSfV9S0u7FwiPHLTHQ653DMMh05zzY-4XNb1Dw',
    semantics: 1,
    digest: '9d56effba7b4d8176e8ac779081c44b6f15f47dc537c897fb030df84bc7917a5',
    blocks: 4,
    transactions: 97,
  },
  {
    name: 'captions, in many letters',
    link: '#s=d1.VVK_j9MwFP5XrDdbR5Jr2mCdToKBueLY2g6O89JYSexgO_RQFKkSdwsSAxIjCBZUMTMhcRP_RLNWsPMnIKcHd0zvPb-f3_e5g1ybmjtgIQWLNVdOCjtGTroKgcGTH98N4VWF5LB9R37efPr1-Yb8_vj2y2H75s7sgEJaaVFaYJEf5ZxUawusgzUqtHJ0LWIGLAwpcCF0q5wFNgkocGtx9Ck0WlcWWEwh5aqcc-Okk1oBOxZBT8EZnudS-IHOcGW58BV2juaxvwBYNKFgN7yZo6ll5VEkQUCh0O7uJaCw0aYEFgdBTwEvUbTHRd1toA2wI6YLVwMFoQ2OKEqpMmDwQhrX8mrMtMoBm_QUrCgwayu8OCKlsDZctRU30r0EBrbSDijkiE9RyEai7_P76sZB33teRizAFisKPNWtzz_baHIk92SpHhGLQquMVFIhI4ft--etdmgP2w-ULJcpF6WtuC2WS0rO0nOlSc1N2TZnD9LzE6BQ63rc2kGBcl24Ua_mHy9hMPLRcIVeh4UH0BSwoiB48_e2u17_UfDSH9nd16In9yNKOp5q42xPjvYEevrf_tsZ-91wtf86XO13wzXZfxuuhtfDq-Ea-pVXqEHhPKsdZHKN1jekqQhmGE1FyvN8kiRRPMuieBrxPEx4GOen09npNHmYZTMe5dMojeIoCcLZJI8niMFp4MUrUJSNluNnXCxCCnkYoJglMaxWff8H',
    semantics: 1,
    digest: 'bbc07e26cbaff488257d2562af18a15f3673689dd7a2f62b25280174f54ee030',
    blocks: 2,
    transactions: 48,
  },
  {
    name: 'lanes, by account, fees tracked, one core',
    link: '#s=d1.pZRJjts6EECvEtS6FpwHLXOCxk92DS84FG3BbslfojPA0N0DUg6Chpfe8XF4rCoUeYcyLx-hwsARVvoIUx3T2qmO9UIwwDf6QVP9_SVe5nReAeExGCxrR2odp-MKwx2ONNE69uFKlGFQwitvrPAaIaQ036a6wuARwrpSGwqE6zxf9vtimM5vYaljHecJBriEiWBDqEsoZUxNW5cwrSG1DesbLV9bIDBwibD-DNc3Wj7GS4tZM4Zwmuu_GaEZws95OcPANgT6Rem233N_wLzAACv9f6OpjuECCGleqGdzHqcMA_wYl3p7rNymVrINYU0nyrcLfesZe4TjEqbbJSxj_Q3D37QBoRD9R2m8jtSOtlTSmTJsW6tNzwiG9zucaDyempt9nn_EsFL9_qjHp8p8StazbTts-E8mXpDxJ5t8wSaebOoFm3yy6Rds6slmXrDpJ5t9wWZ226G17pVSbc12hzweaa29zSQlKaNVkdnguRAhRu2Fi9KT1yoplhQFI2QJOvDAkw1KlCySs8bk2Hr6ROl8ncf-Rt_fBQJZlwOZAAd8VwiBF0XSqoYGwfoUmNS2oUOgYFxJwTVsvRtN4kGpnQWCCUkGE_tprhBY1kkI4TsbhByDTEHt6x4hRvK5uNhYcAQlmPaZy86y_RbcGEO6s0bgSWep475uEUou0nGVO3sEaY0UIvd4JEewztpgYw9fSgSWHLGoS2eDQC4nI9O-v-XnvRee-v7WsjZ6lZPgnQUCC0mWmHZWCM6R54p1nzII3pBLjO_FdAiF6Rw1o8ataa3hjgsuOksES9oqF3fWCLqYxJPq92uLkBnTlPLO7UstxgSZej0NR9CMZy72ehqJkEVO3u3xGY0gnLCFC9PZIvBQBAXJ4XDYtj8',
    semantics: 1,
    digest: 'ac3ec33b74b07a9122abb5928b39e954c40c4ea623fa5a1a1c7a42fd2c8766db',
    blocks: 70,
    transactions: 910,
  },
];
